#include "io/script/snapshot.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <vector>

#include <openssl/evp.h>

#include "base/limits.hpp"
#include "io/script/chains.hpp"
#include "io/script/readable.hpp"

namespace grekko::script {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t files_max = 64;
constexpr std::size_t bytes_max = 1U << 20U;

bool valid_utf8(std::string_view text) {
    while (!text.empty()) {
        const std::size_t size = character_bytes(text);
        if (size == 0) return false;
        text.remove_prefix(size);
    }
    return true;
}

// Why the bytes are no script text; empty where they are.
std::string refusal(std::string_view text) {
    if (text.empty()) return "is empty; it may still be being written: save it again, whole";
    if (text.starts_with("\x1bLua")) return "is compiled Lua; only source text is loaded";
    if (text.starts_with("\xEF\xBB\xBF"))
        return "begins with a byte order mark; save it as UTF-8 without";
    if (text.find('\0') != text.npos)
        return "holds zero bytes and is no text; save it again, whole";
    if (!valid_utf8(text)) return "is not UTF-8 text; save it as UTF-8";
    if (longest_chain(text) > chain_max)
        return "has an expression of more than 200 indexes in a row; name the parts with local";
    return {};
}

bool module_name(std::string_view name) {
    const auto letter = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               c == '_';
    };
    return !name.empty() && name.size() <= 64 && std::ranges::all_of(name, letter);
}

// The .lua files of a folder in order of name; links and other kinds are left out.
std::vector<fs::path> scripts_of(const fs::path& folder) {
    std::vector<fs::path> files;
    std::error_code error;
    for (fs::directory_iterator entry{folder, error}, end; !error && entry != end;
         entry.increment(error)) {
        if (entry->is_symlink(error) || !entry->is_regular_file(error)) continue;
        const fs::path& file = entry->path();
        if (file.extension() != ".lua" || !module_name(file.stem().string())) continue;
        if (file.filename() == "agent.lua" || file.stem().string().ends_with("_test")) continue;
        files.push_back(file);
    }
    std::ranges::sort(files);
    return files;
}

} // namespace

Result<Source> read_source(const fs::path& file, const std::string& shown) {
    std::error_code error;
    if (!fs::is_regular_file(file, error) || fs::is_symlink(file, error)) {
        return make_error(ErrorCode::not_found, file.string() +
                                                    " is not there; an agent is a folder "
                                                    "with a file agent.lua");
    }
    const auto size = fs::file_size(file, error);
    if (error || size > limits::script_bytes_max) {
        return make_error(ErrorCode::limit_exceeded,
                          file.string() +
                              " is larger than 256 KiB; move parts into modules beside it");
    }
    std::ifstream stream{file, std::ios::binary};
    std::string text{std::istreambuf_iterator<char>{stream}, {}};
    if (!stream.good() && !stream.eof()) {
        return make_error(ErrorCode::io_error,
                          file.string() + " cannot be read; check its permissions");
    }
    if (const std::string why = refusal(text); !why.empty()) {
        return make_error(ErrorCode::invalid_input, file.string() + " " + why);
    }
    return Source{shown, std::move(text)};
}

Result<Snapshot> Snapshot::take(const fs::path& folder, const fs::path& library) {
    Snapshot snapshot;
    const std::string agent = folder.filename().string();
    TRY(main, read_source(folder / "agent.lua", agent + "/agent.lua"));
    std::size_t bytes = main.text.size();
    snapshot.main_ = std::move(main);
    for (const fs::path& place : {folder, library}) {
        if (place.empty()) continue;
        const std::string prefix = place == folder ? agent : "lib";
        for (const fs::path& file : scripts_of(place)) {
            TRY(source, read_source(file, prefix + "/" + file.filename().string()));
            bytes += source.text.size();
            if (snapshot.modules_.size() >= files_max || bytes > bytes_max) {
                return make_error(ErrorCode::limit_exceeded,
                                  folder.string() + " has more than 64 files or 1 MiB of scripts");
            }
            snapshot.modules_.emplace(file.stem().string(), std::move(source));
        }
    }
    return snapshot;
}

const Source* Snapshot::module(std::string_view name) const {
    const auto found = modules_.find(name);
    return found == modules_.end() ? nullptr : &found->second;
}

std::string sha256(std::string_view bytes) {
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned int size = 0;
    EVP_Digest(bytes.data(), bytes.size(), digest, &size, EVP_sha256(), nullptr);
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    for (unsigned int i = 0; i < size; ++i) {
        text += digits[digest[i] >> 4U];
        text += digits[digest[i] & 15U];
    }
    return text;
}

} // namespace grekko::script
