// grekko doctor: whether this machine and folder can run a book: one line a check.
#include <chrono>
#include <fstream>
#include <iostream>

#include <nlohmann/json.hpp>
#include <sys/resource.h>
#include <unistd.h>

#include "app/agents.hpp"
#include "app/commands/commands.hpp"
#include "app/control.hpp"
#include "app/version.hpp"
#include "app/wire.hpp"

namespace grekko::app {
namespace {

namespace fs = std::filesystem;

struct Finding {
    std::string what;
    bool good{true};
    std::string detail;
};

Finding configuration(const Globals& globals) {
    const auto config = load_config(globals);
    if (!config) return {"configuration", false, config.error().message};
    return {"configuration", true, std::to_string(config->settings().size()) + " settings"};
}

Finding folder(const fs::path& path) {
    std::error_code failed;
    fs::create_directories(path, failed);
    const fs::path probe = path / ".doctor";
    std::ofstream out{probe};
    const bool written = static_cast<bool>(out << "x" << std::flush);
    fs::remove(probe, failed);
    if (!written) {
        return {"folder", false, path.string() + " cannot be written; set book.folder"};
    }
    return {"folder", true, path.string() + " can be written"};
}

Finding disk(const fs::path& path) {
    std::error_code failed;
    const fs::space_info info = fs::space(path, failed);
    constexpr std::uintmax_t enough = 1U << 30U;
    const std::string free = std::to_string(info.available >> 20U) + " MiB free";
    if (failed || info.available < enough) {
        return {"disk", false, free + "; a book needs at least 1024: journal and tape grow"};
    }
    return {"disk", true, free};
}

Finding clock_check() {
    const auto now = std::chrono::system_clock::now();
    const auto built = std::chrono::sys_days{std::chrono::year{2024} / 1 / 1};
    if (now < built) return {"clock", false, "it lies before 2024; set the clock"};
    const auto begun = std::chrono::steady_clock::now();
    const auto ended = std::chrono::steady_clock::now();
    if (ended < begun) return {"clock", false, "the monotonic clock goes back"};
    return {"clock", true, "plausible and monotonic"};
}

Finding files_limit() {
    rlimit limit{};
    ::getrlimit(RLIMIT_NOFILE, &limit);
    const std::string text = std::to_string(limit.rlim_cur) + " open files";
    if (limit.rlim_cur < 256) return {"limits", false, text + "; raise it: ulimit -n 1024"};
    return {"limits", true, text};
}

Finding memory() {
    const long pages = ::sysconf(_SC_PHYS_PAGES);
    const long page = ::sysconf(_SC_PAGESIZE);
    const long mebibytes = pages / 1024 * page / 1024;
    return {"memory", mebibytes > 512, std::to_string(mebibytes) + " MiB"};
}

Finding scripts() {
    const fs::path path = scripts_folder();
    std::error_code failed;
    if (!fs::is_directory(path / "agents", failed)) {
        return {"agents", false, "the shipped scripts are not found; run in the source folder"};
    }
    return {"agents", true, path.string()};
}

Finding running(const fs::path& book) {
    const auto answer = ask_control(book / "control.sock", R"({"command":"status"})");
    return {"book", true, answer ? "runs here" : "does not run here"};
}

Result<void> doctor(const Globals& globals) {
    std::vector<Finding> all{configuration(globals)};
    if (const auto config = load_config(globals)) {
        const fs::path book = book_folder(*config);
        all.push_back(folder(book));
        all.push_back(disk(book));
        all.push_back(running(book));
    }
    for (Finding (*check)() : {clock_check, files_limit, memory, scripts})
        all.push_back(check());
    std::size_t bad = 0;
    nlohmann::ordered_json lines = nlohmann::ordered_json::array();
    for (const Finding& finding : all) {
        bad += finding.good ? 0U : 1U;
        lines.push_back(
            {{"check", finding.what}, {"good", finding.good}, {"detail", finding.detail}});
        if (globals.output == Output::json) continue;
        std::string name = finding.what;
        name.resize(15, ' ');
        std::cout << (finding.good ? "good  " : "BAD   ") << name << finding.detail << "\n";
    }
    if (globals.output == Output::json) std::cout << lines.dump(2) << "\n";
    if (bad > 0) {
        return make_error(ErrorCode::check_failed, std::to_string(bad) + " checks failed");
    }
    return {};
}

} // namespace

void add_doctor(CommandLine root) {
    CommandLine command = root.sub("doctor", "Check that this machine can run a book");
    command.example("grekko doctor").run([](const Globals& globals) { return doctor(globals); });
}

} // namespace grekko::app
