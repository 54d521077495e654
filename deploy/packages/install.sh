#!/usr/bin/env bash
# Installs what is missing of debian.txt (and of the packages named as arguments, each in the same
# form "name" or "name unless:command"). Says what it does in one line; says nothing when nothing
# is missing. `make run`, `make test` and `.ci/run` call it.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
    echo "packages: no apt here; see deploy/packages/debian.txt for what is needed" >&2
    exit 0
fi

is_installed() {
    [ "$(dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null)" = installed ]
}

missing=()
consider() { # consider NAME [unless:COMMAND]
    local name=$1 condition=${2:-}
    case $condition in
        unless:*) command -v "${condition#unless:}" >/dev/null && return 0 ;;
        "") ;;
        *) echo "packages: '$name $condition': not unless:COMMAND" >&2 && exit 2 ;;
    esac
    is_installed "$name" || missing+=("$name")
}

while read -r name condition _; do
    [ -z "$name" ] || consider "$name" "$condition"
done < <(sed 's/#.*//' "$here/debian.txt")
for argument in "$@"; do
    read -r name condition _ <<<"$argument"
    consider "$name" "$condition"
done
[ ${#missing[@]} -gt 0 ] || exit 0

as_root=()
if [ "$(id -u)" -ne 0 ]; then
    if ! command -v sudo >/dev/null; then
        echo "packages: neither root nor sudo; as root: apt-get install ${missing[*]}" >&2
        exit 1
    fi
    as_root=(sudo)
    [ -t 0 ] || as_root=(sudo -n)
fi

echo "packages: installing ${#missing[@]} from Debian: ${missing[*]}"
case " ${missing[*]} " in
    *" libboost1.81-dev "*)
        if is_installed libboost1.74-dev; then
            echo "packages: libboost1.74-dev conflicts with libboost1.81-dev, so apt removes it"
        fi ;;
esac

log=$(mktemp)
trap 'rm -f "$log"' EXIT
apt() {
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
        apt-get -qq -o DPkg::Lock::Timeout=300 "$@" >>"$log" 2>&1 </dev/null
}
# A failed update is no reason to stop: the lists at hand may do, and the install says so if not.
apt update || echo "packages: apt-get update failed, going on with the lists at hand" >&2
if ! apt install -y --no-install-recommends "${missing[@]}"; then
    cat "$log" >&2
    echo "packages: apt-get could not install the list; its own words are above" >&2
    exit 1
fi
