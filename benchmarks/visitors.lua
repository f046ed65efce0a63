-- What wrk sends: one request per line of a file (path, tab, user agent, tab, language), each from a browser without cookies.
local requests, sent = {}, 0

function init(arguments)
  for line in io.lines(arguments[1]) do
    local path, agent, language = line:match("^([^\t]*)\t([^\t]*)\t([^\t]*)$")
    requests[#requests + 1] = wrk.format("GET", path, {
      ["Host"] = wrk.headers["Host"],
      ["User-Agent"] = agent,
      ["Accept-Language"] = language,
      ["Accept"] = "text/html",
      ["Sec-Fetch-Mode"] = "navigate",
      ["Sec-Fetch-Dest"] = "document",
    })
  end
end

function request()
  sent = sent + 1
  return requests[sent % #requests + 1]
end

function done(summary, latency)
  local errors = summary.errors
  io.write(string.format('{"answers": %d, "seconds": %.6f, "failures": %d, "p50_ms": %.3f, "p95_ms": %.3f}\n',
    summary.requests, summary.duration / 1e6, errors.connect + errors.read + errors.write + errors.status + errors.timeout,
    latency:percentile(50) / 1e3, latency:percentile(95) / 1e3))
end
