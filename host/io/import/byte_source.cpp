#include "io/import/byte_source.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "io/import/file_source.hpp"
#include "io/import/gzip_source.hpp"
#include "io/import/zip_source.hpp"
#include "io/import/zstd_source.hpp"

namespace grekko::importing {
namespace {

enum class Packing : std::uint8_t { none = 1, gzip, zstd, zip };

Packing packing_of(std::string_view first) {
    if (first.starts_with("\x1F\x8B")) return Packing::gzip;
    if (first.starts_with("\x28\xB5\x2F\xFD")) return Packing::zstd;
    if (first.starts_with("PK\x03\x04") || first.starts_with("PK\x05\x06")) return Packing::zip;
    return Packing::none;
}

struct Opened {
    std::unique_ptr<FileSource> file;
    Packing packing{Packing::none};
};

Result<Opened> open_file(const std::filesystem::path& path) {
    TRY(file, FileSource::open(path));
    std::array<char, 4> first{};
    TRY(count, file->read(first));
    const Packing packing = packing_of({first.data(), count});
    TRY(again, FileSource::open(path)); // counts from the start, whatever was looked at
    return Opened{std::move(again), packing};
}

} // namespace

std::string InputFile::name() const {
    return member.empty() ? path.string() : path.string() + "!" + member;
}

Result<std::vector<InputFile>> list_inputs(const std::filesystem::path& path) {
    TRY(opened, open_file(path));
    const std::uint64_t size = opened.file->size();
    if (opened.packing != Packing::zip) return std::vector{InputFile{path, {}, size}};
    TRY(members, zip_members(*opened.file));
    if (members.empty()) {
        return make_error(ErrorCode::invalid_input, path.string() + ": the archive is empty");
    }
    std::vector<InputFile> inputs;
    for (const ZipMember& member : members)
        inputs.push_back({path, member.name, member.packed});
    return inputs;
}

Result<std::unique_ptr<ByteSource>> open_bytes(const InputFile& input) {
    TRY(opened, open_file(input.path));
    switch (opened.packing) {
    case Packing::none: return std::unique_ptr<ByteSource>{std::move(opened.file)};
    case Packing::gzip:
        return std::unique_ptr<ByteSource>{std::make_unique<GzipSource>(std::move(opened.file))};
    case Packing::zstd:
        return std::unique_ptr<ByteSource>{std::make_unique<ZstdSource>(std::move(opened.file))};
    case Packing::zip: break;
    }
    TRY(members, zip_members(*opened.file));
    const auto member = std::find_if(members.begin(), members.end(),
                                     [&](const ZipMember& m) { return m.name == input.member; });
    if (member == members.end()) {
        return make_error(ErrorCode::invalid_input,
                          input.path.string() + ": the archive has no " + input.member);
    }
    TRY(file, FileSource::open(input.path));
    TRY(source, ZipSource::open(std::move(file), *member));
    return std::unique_ptr<ByteSource>{std::move(source)};
}

} // namespace grekko::importing
