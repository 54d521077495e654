#include "io/config/secret.hpp"

#include <cstdlib>
#include <fstream>
#include <iterator>

namespace grekko::config {
namespace {

constexpr std::size_t secret_bytes_max = 64U << 10U;

Result<Secret<std::string>> from_file(const std::string& path) {
    std::ifstream in{path, std::ios::binary};
    if (!in) {
        return make_error(ErrorCode::not_found,
                          "the secret's file " + path + " cannot be read; check path and owner");
    }
    std::string text(secret_bytes_max + 1, '\0');
    in.read(text.data(), static_cast<std::streamsize>(text.size()));
    text.resize(static_cast<std::size_t>(in.gcount()));
    Secret<std::string> all{std::move(text)};
    if (all.expose().size() > secret_bytes_max) {
        return make_error(ErrorCode::limit_exceeded, path + " is too large for a secret");
    }
    if (all.expose().empty()) {
        return make_error(ErrorCode::not_found, "the secret's file " + path + " holds nothing");
    }
    if (!all.expose().ends_with('\n')) return all;
    return Secret<std::string>{all.expose().substr(0, all.expose().size() - 1)};
}

} // namespace

Result<Secret<std::string>> resolve_secret(std::string_view reference) {
    if (reference.starts_with("file:")) return from_file(std::string{reference.substr(5)});
    if (!reference.starts_with("env:")) {
        return make_error(ErrorCode::invalid_config,
                          "a secret is named by reference: env:NAME or file:PATH");
    }
    const std::string variable{reference.substr(4)};
    const char* found = std::getenv(variable.c_str());
    if (found == nullptr || *found == '\0') {
        return make_error(ErrorCode::not_found,
                          "the environment has no " + variable + ": set it, or mend the reference");
    }
    return Secret<std::string>{std::string{found}};
}

} // namespace grekko::config
