#include <algorithm>
#include <cstring>

#include "io/import/zip_source.hpp"

namespace grekko::importing {
namespace {

constexpr std::uint32_t end_magic = 0x06054B50;
constexpr std::uint32_t end64_locator_magic = 0x07064B50;
constexpr std::uint32_t end64_magic = 0x06064B50;
constexpr std::uint32_t entry_magic = 0x02014B50;
constexpr std::size_t end_bytes = 22;
constexpr std::size_t locator_bytes = 20;
constexpr std::size_t comment_bytes_max = 65'535;
constexpr std::size_t entry_bytes = 46;
constexpr std::uint64_t directory_bytes_max = 64U << 20U;

template <class T>
T number(const char* bytes) { // zip is little-endian, and so are the machines Grekko runs on
    T value;
    std::memcpy(&value, bytes, sizeof value);
    return value;
}

Error broken(const FileSource& file, const char* what) {
    return make_error(ErrorCode::corrupt, file.path().string() + ": the zip archive " + what +
                                              "; it was cut short or damaged, fetch it again");
}

Result<std::string> read_at(FileSource& file, std::uint64_t offset, std::uint64_t size) {
    if (offset > file.size() || size > file.size() - offset) {
        return broken(file, "names a place behind its end");
    }
    std::string bytes(size, '\0');
    TRY(file.seek(offset));
    TRY(count, file.read(bytes));
    if (count != size) return broken(file, "ends early");
    return bytes;
}

struct Directory {
    std::uint64_t entries{0}, bytes{0}, offset{0};
};

Result<Directory> find_directory(FileSource& file) {
    const std::uint64_t tail = std::min<std::uint64_t>(file.size(), end_bytes + comment_bytes_max);
    if (tail < end_bytes) return broken(file, "is too short");
    TRY(bytes, read_at(file, file.size() - tail, tail));
    for (std::size_t i = bytes.size() - end_bytes + 1; i-- > 0;) {
        if (number<std::uint32_t>(&bytes[i]) != end_magic) continue;
        Directory found{number<std::uint16_t>(&bytes[i + 10]),
                        number<std::uint32_t>(&bytes[i + 12]),
                        number<std::uint32_t>(&bytes[i + 16])};
        const bool large =
            found.entries == 0xFFFF || found.bytes == 0xFFFFFFFF || found.offset == 0xFFFFFFFF;
        if (!large) return found;
        if (i < locator_bytes ||
            number<std::uint32_t>(&bytes[i - locator_bytes]) != end64_locator_magic) {
            return broken(file, "has no 64-bit directory though it names one");
        }
        TRY(end, read_at(file, number<std::uint64_t>(&bytes[i - locator_bytes + 8]), 56));
        if (number<std::uint32_t>(end.data()) != end64_magic) {
            return broken(file, "has a damaged 64-bit directory");
        }
        return Directory{number<std::uint64_t>(&end[32]), number<std::uint64_t>(&end[40]),
                         number<std::uint64_t>(&end[48])};
    }
    return broken(file, "has no directory at its end");
}

// The 64-bit values that stand in the extra field where a 32-bit one is all ones.
void read_large_values(ZipMember& member, std::string_view extra) {
    while (extra.size() >= 4) {
        const auto id = number<std::uint16_t>(extra.data());
        const auto size = number<std::uint16_t>(extra.data() + 2);
        std::string_view body = extra.substr(4, size);
        if (id == 1) {
            for (std::uint64_t* value : {&member.size, &member.packed, &member.offset}) {
                if (*value != 0xFFFFFFFF || body.size() < 8) continue;
                *value = number<std::uint64_t>(body.data());
                body.remove_prefix(8);
            }
            return;
        }
        extra.remove_prefix(std::min<std::size_t>(extra.size(), std::size_t{4} + size));
    }
}

} // namespace

Result<std::vector<ZipMember>> zip_members(FileSource& file) {
    TRY(directory, find_directory(file));
    if (directory.bytes > directory_bytes_max) return broken(file, "has a directory above 64 MB");
    TRY(bytes, read_at(file, directory.offset, directory.bytes));
    std::vector<ZipMember> members;
    std::string_view left = bytes;
    for (std::uint64_t i = 0; i < directory.entries; ++i) {
        if (left.size() < entry_bytes || number<std::uint32_t>(left.data()) != entry_magic) {
            return broken(file, "has a damaged directory");
        }
        const std::size_t name = number<std::uint16_t>(left.data() + 28);
        const std::size_t extra = number<std::uint16_t>(left.data() + 30);
        const std::size_t comment = number<std::uint16_t>(left.data() + 32);
        if (left.size() - entry_bytes < name + extra + comment) {
            return broken(file, "has a damaged directory");
        }
        ZipMember member{
            std::string{left.substr(entry_bytes, name)}, number<std::uint16_t>(left.data() + 10),
            number<std::uint16_t>(left.data() + 8),      number<std::uint32_t>(left.data() + 16),
            number<std::uint32_t>(left.data() + 20),     number<std::uint32_t>(left.data() + 24),
            number<std::uint32_t>(left.data() + 42)};
        read_large_values(member, left.substr(entry_bytes + name, extra));
        left.remove_prefix(entry_bytes + name + extra + comment);
        if (!member.name.empty() && member.name.back() != '/') members.push_back(std::move(member));
    }
    std::sort(members.begin(), members.end(),
              [](const ZipMember& a, const ZipMember& b) { return a.name < b.name; });
    return members;
}

} // namespace grekko::importing
