#!/bin/sh
# Rewrites the pinned, hashed requirement files (needs uv, which the test environment brings): `make requirements` takes the
# newest versions; without --upgrade, pins move only where an .in file asks for it. Python 3.11 stands for the platform's
# Django 4.2 line, Python 3.12 for its Django 5.2 line; release-*.txt follow releases/*.txt, tutor-*.txt the major version.
set -eu
cd "$(dirname "$0")"
upgrade=${1:-}
trap 'rm -f .forum-* .django.txt .left-out.txt .tutor.in' EXIT
compile() {  # output, python, inputs and options
    output=$1; python=$2; shift 2
    # shellcheck disable=SC2086
    uv pip compile --quiet $upgrade --universal --python-version "$python" --generate-hashes --no-annotate --no-header \
        --no-emit-index-url --no-emit-find-links -c constraints.txt -o "$output" "$@"
}
with_forum() {  # output, python, constraints, inputs: then the forum alone, below the rest
    output=$1; python=$2; pins=$3; shift 3
    forum=.forum-$output
    grep -A 100 '^openedx-forum==' "$output" > "$forum" 2>/dev/null || true  # uv keeps the versions of a present output
    compile "$forum" "$python" -c "$pins" --no-deps forum.in
    compile "${forum#.forum-}" "$python" -c "$pins" "$@"
    cat "$forum" >> "${forum#.forum-}"
}
for line in "3.11 4.2.0" "3.12 5.2.0"; do
    python=${line% *}; tag=py$(echo "$python" | tr -d .)
    printf 'Django~=%s\n' "${line#* }" > .django.txt
    compile "build-$tag.txt" "$python" -c .django.txt build.in
    with_forum "demo-$tag.txt" "$python" .django.txt demo.in forum-needs.in
    with_forum "test-$tag.txt" "$python" .django.txt test.in
    compile "mariadb-$tag.txt" "$python" -c .django.txt mariadb.in
    compile "xapi-$tag.txt" "$python" -c .django.txt --no-deps xapi.in
    compile "benchmarks-$tag.txt" "$python" -c .django.txt -c "test-$tag.txt" benchmarks.in
done
for pins in releases/*.txt; do
    release=$(basename "$pins" .txt)
    with_forum "release-$release.txt" "$(sed -n 's/^# Python: //p' "$pins")" "$pins" test.in
done
# Tutor renders without the two that it brings for other purposes, and they are most of its size.
printf '%s\n' 'kubernetes; python_version < "3"' 'mypy; python_version < "3"' > .left-out.txt
for major in 20 21 22; do
    printf 'tutor>=%s,<%s\n' "$major" "$((major + 1))" > .tutor.in
    compile "tutor-$major.txt" 3.11 --override .left-out.txt .tutor.in
done
