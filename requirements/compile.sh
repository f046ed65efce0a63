#!/bin/sh
# Rewrites the pinned, hashed requirement files: `make requirements` (needs uv). Python 3.11 stands for the
# platform's Django 4.2 line, Python 3.12 for its Django 5.2 line.
set -eu
cd "$(dirname "$0")"
compile() {  # output, python, django, extra inputs and options
    output=$1; python=$2; django=$3; shift 3
    printf 'Django~=%s\n' "$django" > .django.txt
    uv pip compile --quiet --upgrade --universal --python-version "$python" --generate-hashes --no-annotate --no-header \
        --no-emit-index-url --no-emit-find-links -c constraints.txt -c .django.txt -o "$output" "$@"
    rm -f .django.txt
}
for line in "3.11 4.2.0" "3.12 5.2.0"; do
    python=${line% *}; django=${line#* }; tag=py$(echo "$python" | tr -d .)
    compile "build-$tag.txt" "$python" "$django" build.in
    compile "demo-$tag.txt" "$python" "$django" demo.in forum-needs.in
    compile "test-$tag.txt" "$python" "$django" test.in
    compile "mariadb-$tag.txt" "$python" "$django" mariadb.in
    compile "benchmarks-$tag.txt" "$python" "$django" -c "test-$tag.txt" benchmarks.in
    compile ".forum-$tag.txt" "$python" "$django" --no-deps forum.in
    cat ".forum-$tag.txt" >> "demo-$tag.txt"
    cat ".forum-$tag.txt" >> "test-$tag.txt"
    rm -f ".forum-$tag.txt"
done
