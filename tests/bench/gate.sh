#!/usr/bin/env bash
# Instructions a unit of work, counted by callgrind: the slope between N and 2N, so that start-up
# cancels out. Fails where one is more than 3 % above tests/bench/instructions.csv, keyed by the
# version of the compiler; another compiler is shown and not judged.
#   gate.sh            builds, counts, compares     gate.sh --update   rewrites this compiler's rows
#   SCENARIOS="a b"    only these                   PRESET=release     the build it counts in
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

preset=${PRESET:-release}
ceilings=tests/bench/instructions.csv
compiler="g++ $(g++ -dumpfullversion)"
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

[ -f "build/$preset/build.ninja" ] || cmake --preset "$preset" --log-level=NOTICE >/dev/null
cmake --build --preset "$preset" --parallel "$(nproc)" \
    --target bench_gate >"$scratch/build" 2>&1 || {
    cat "$scratch/build"
    exit 1
}
program=$(find "build/$preset" -name bench_gate -type f -perm -u+x | head -n 1)

instructions() { # instructions SCENARIO STEPS
    if ! valgrind --tool=callgrind --callgrind-out-file=/dev/null "$program" "$1" "$2" \
        >"$scratch/$1.$2" 2>&1; then
        cat "$scratch/$1.$2" >&2
        return 1
    fi
    awk '/Collected/ {print $NF}' "$scratch/$1.$2"
}

count() { # count SCENARIO STEPS: one line with the slope, to a file of its own
    local one two
    one=$(instructions "$1" "$2")
    two=$(instructions "$1" $(($2 * 2)))
    echo $(((two - one) / $2)) >"$scratch/$1.slope"
}

failed=0
"$program" list >"$scratch/list"
while read -r name steps _; do
    [[ " ${SCENARIOS:-$name} " == *" $name "* ]] || continue
    count "$name" "$steps" &
    while [ "$(jobs -rp | wc -l)" -ge "$(nproc)" ]; do wait -n || failed=1; done
done <"$scratch/list"
for job in $(jobs -p); do wait "$job" || failed=1; done

printf '%-16s %10s %10s %8s  %s\n' scenario ceiling now change unit
while read -r name _ unit; do
    [ -f "$scratch/$name.slope" ] || continue
    now=$(cat "$scratch/$name.slope")
    ceiling=$(awk -F, -v c="$compiler" -v n="$name" '$1 == c && $2 == n {print $3}' "$ceilings")
    if [ -z "$ceiling" ]; then
        printf '%-16s %10s %10d %8s  %s\n' "$name" - "$now" - "$unit"
        continue
    fi
    change=$(awk -v a="$ceiling" -v b="$now" 'BEGIN {printf "%+.1f%%", (b - a) / a * 100}')
    verdict=""
    if [ $((now * 100)) -gt $((ceiling * 103)) ]; then
        verdict=" ABOVE" failed=1
    fi
    printf '%-16s %10d %10d %8s  %s%s\n' "$name" "$ceiling" "$now" "$change" "$unit" "$verdict"
done <"$scratch/list"

if [ "${1:-}" = --update ]; then
    for slope in "$scratch"/*.slope; do
        name=$(basename "$slope" .slope)
        grep -v "^$compiler,$name," "$ceilings" >"$scratch/table" || true
        echo "$compiler,$name,$(cat "$slope")" >>"$scratch/table"
        { head -n 1 "$scratch/table" && tail -n +2 "$scratch/table" | LC_ALL=C sort; } >"$ceilings"
    done
    echo "written: $ceilings"
    exit 0
fi
if [ "$failed" -ne 0 ]; then
    echo "more than 3 % above the ceiling, or a scenario failed. If the change is wanted, run" \
        "tests/bench/gate.sh --update and say why in the same commit." >&2
fi
exit "$failed"
