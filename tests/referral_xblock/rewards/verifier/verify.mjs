// Takes the credential out of baked pictures and verifies it with jose against a set of keys. Reads {files, keys, issuer} from
// its input; the first argument is the folder of the package. It shares no line with what baked and signed them.
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const folder = process.argv[2];
const entry = JSON.parse(readFileSync(`${folder}/package.json`, "utf8")).exports["."];
const jose = await import(pathToFileURL(`${folder}/${entry.import ?? entry.default}`));

function fromPng(bytes) {
  if (bytes.subarray(0, 8).toString("latin1") !== "\x89PNG\r\n\x1a\n") throw new Error("not a PNG");
  const found = [];
  let pixels = false;
  for (let at = 8; at < bytes.length; ) {
    const length = bytes.readUInt32BE(at);
    const kind = bytes.toString("latin1", at + 4, at + 8);
    const data = bytes.subarray(at + 8, at + 8 + length);
    if (kind === "IDAT") pixels = true;
    if (kind === "iTXt") {
      const end = data.indexOf(0);
      if (data.toString("latin1", 0, end) === "openbadgecredential") {
        if (data[end + 1] !== 0) throw new Error("compressed");
        const language = data.indexOf(0, end + 3);
        const translated = data.indexOf(0, language + 1);
        found.push(data.toString("utf8", translated + 1));
      }
    }
    at += 12 + length;
  }
  if (!pixels) throw new Error("no picture");
  if (found.length !== 1) throw new Error(`${found.length} chunks`);
  return found[0];
}

function fromSvg(text) {
  const root = text.match(/<svg\b[^>]*>/);
  if (!root[0].includes('xmlns:openbadges="https://purl.imsglobal.org/ob/v3p0"')) throw new Error("no namespace");
  const after = text.slice(root.index + root[0].length).trimStart();
  const first = after.match(/^<openbadges:credential\s+verify="([^"]+)"/);
  if (!first) throw new Error("not directly after the tag");
  if (text.split("<openbadges:credential").length !== 2) throw new Error("more than one");
  return first[1];
}

const { files, keys, issuer } = JSON.parse(readFileSync(0, "utf8"));
const keySet = jose.createLocalJWKSet(keys);
const said = {};
for (const file of files) {
  const name = file.split("/").pop();
  try {
    const bytes = readFileSync(file);
    const token = name.endsWith(".png") ? fromPng(bytes) : name.endsWith(".svg") ? fromSvg(bytes.toString("utf8")) : bytes.toString("utf8");
    const { payload, protectedHeader } = await jose.jwtVerify(token, keySet, { issuer, algorithms: ["ES256", "RS256"] });
    said[name] = { payload, header: protectedHeader };
  } catch (error) {
    said[name] = { error: `${error.code ?? ""} ${error.message}` };
  }
}
process.stdout.write(JSON.stringify(said));
