#!/usr/bin/env bash
# The built binary as a new user runs it: a few seconds of paper trading, then every question about
# it that the journal must answer. Arguments: the binary. Works in a temporary folder.
set -uo pipefail
grekko=$1
agents=$(cd "$(dirname "$0")/../../.." && pwd)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder" || exit 1
ln -s "$agents/scripts" scripts
failed=0

says() { # says NAME EXIT_CODE TEXT COMMAND...: runs it and looks for both
    local name=$1 code=$2 text=$3 out got
    shift 3
    out=$("$@" 2>&1 </dev/null)
    got=$?
    if [ "$got" -ne "$code" ] || ! grep -qF -- "$text" <<<"$out"; then
        printf 'FAILED: %s: exit %d, expected %d and "%s":\n%s\n' "$name" "$got" "$code" "$text" \
            "$(head -20 <<<"$out")"
        failed=1
    fi
}

says "version names the program" 0 "grekko 0." "$grekko" version
says "an unknown command is refused with where to look" 2 "see grekko --help" "$grekko" nonsense
says "an unknown setting is refused with the nearest one" 3 'did you mean "heat_max"' \
    "$grekko" config show --set risk.heat_maxx=1
says "the schema of the configuration is JSON" 0 '"heat_max"' "$grekko" config schema
says "doctor says what is good" 0 "good" "$grekko" doctor
says "three agents trade on paper and stop cleanly" 0 "Stopped. NAV" "$grekko" run --seconds 6
says "the journal of the run holds" 0 "The journal holds." "$grekko" journal verify
says "replay of the journal gives the digest of its snapshot" 0 "as its snapshot says" \
    "$grekko" journal replay
says "the journal's last records can be read" 0 "$(date -u +%Y)" "$grekko" journal tail
exit "$failed"
