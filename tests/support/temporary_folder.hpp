// A folder of its own for a test, removed with everything in it when the test ends.
// It is not for results worth keeping. Tests that touch the disk use it, so that two of them may
// run at once and a failed one leaves nothing behind.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>
#include <string_view>
#include <system_error>

namespace grekko::tests {

class TemporaryFolder {
public:
    // Throws std::runtime_error where the temporary directory of the machine cannot be written.
    TemporaryFolder() {
        auto name = (std::filesystem::temp_directory_path() / "grekko-test-XXXXXX").string();
        if (::mkdtemp(name.data()) == nullptr) {
            throw std::runtime_error{"cannot make a temporary folder " + name};
        }
        path_ = name;
    }
    ~TemporaryFolder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;

    const std::filesystem::path& path() const { return path_; }
    std::filesystem::path operator/(std::string_view name) const { return path_ / name; }

    // Writes the bytes as they are to the named file, folders between included; returns its path.
    std::filesystem::path write(std::string_view name, std::string_view bytes) const {
        const auto file = path_ / name;
        std::filesystem::create_directories(file.parent_path());
        std::ofstream out{file, std::ios::binary | std::ios::trunc};
        out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
        if (!out.flush()) {
            throw std::runtime_error{"cannot write " + file.string()};
        }
        return file;
    }

private:
    std::filesystem::path path_;
};

// All bytes of a file. Throws std::runtime_error where it cannot be read.
inline std::string read_file(const std::filesystem::path& file) {
    std::ifstream in{file, std::ios::binary};
    if (!in) {
        throw std::runtime_error{"cannot read " + file.string()};
    }
    return {std::istreambuf_iterator<char>{in}, std::istreambuf_iterator<char>{}};
}

} // namespace grekko::tests
