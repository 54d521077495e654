#!/usr/bin/env bash
# The binary needs the libraries of this list alone, all from Debian's main packages: a new one is a
# decision. Those of a sanitizer are there in its builds. Arguments: the binary.
set -uo pipefail
known=(linux-vdso ld-linux-x86-64 ld-linux-aarch64 libc libm libstdc++ libgcc_s libcrypto libsqlite3
    'liblua5.4-c++' libzstd libz libspdlog libfmt libsleef libsimdjson libtomlplusplus libasan
    libubsan libtsan)
failed=0
while read -r library _; do
    name=$(basename "$library")
    stem=${name%%.so*}
    if [[ " ${known[*]} " != *" $stem "* ]]; then
        printf 'FAILED: the binary needs %s, which is not in the list of this test\n' "$name"
        failed=1
    fi
done < <(ldd "$1")
exit "$failed"
