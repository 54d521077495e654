#include "io/logging/logging.hpp"

#include <regex>
#include <sstream>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "support/temporary_folder.hpp"

namespace grekko::logging {
namespace {

using grekko::tests::read_file;
using grekko::tests::TemporaryFolder;
using testing::HasSubstr;

// A secret is refused where a field is made, so no format can print one.
template <class T>
concept Loggable = requires(T value) { field("name", value); };
static_assert(Loggable<std::string_view> && Loggable<int> && Loggable<Instant>);
static_assert(!Loggable<Secret<std::string>>);
static_assert(!Loggable<double> && !Loggable<bool>);

std::vector<std::string> lines_of(const std::filesystem::path& file) {
    std::vector<std::string> out;
    std::istringstream in{read_file(file)};
    for (std::string line; std::getline(in, line);)
        out.push_back(line);
    return out;
}

std::unique_ptr<Logger> logger_to(const std::filesystem::path& file, Format format,
                                  std::uint32_t rate = 1'000, Level level = Level::info) {
    Options options;
    options.level = level;
    options.format = format;
    options.file = file.string();
    options.lines_per_second = rate;
    auto logger = Logger::create(options);
    EXPECT_TRUE(logger) << logger.error().message;
    return std::move(logger).value();
}

TEST(Logging, WritesAJsonObjectALine) {
    const std::string line =
        json_line(Instant::from_seconds(1'700'000'000), Level::warning, "venue \"x\"\nslow",
                  {field("venue", "coinbase"), field("orders", 3),
                   field("took", Duration::hours(1)), field("since", Instant::from_seconds(0))});
    EXPECT_EQ(line.find('\n'), std::string::npos);
    const auto object = nlohmann::ordered_json::parse(line);
    EXPECT_EQ(object["at"], "2023-11-14T22:13:20Z");
    EXPECT_EQ(object["level"], "warning");
    EXPECT_EQ(object["message"], "venue \"x\"\nslow");
    EXPECT_EQ(object["venue"], "coinbase");
    EXPECT_EQ(object["orders"], 3);
    EXPECT_EQ(object["took"], "1h");
    EXPECT_EQ(object.begin().key(), "at");
}

TEST(Logging, ReplacesBytesThatAreNoUtf8InJson) {
    const std::string line = json_line({}, Level::info, "bad \xff byte", {field("f", "\xc3")});
    EXPECT_TRUE(nlohmann::json::accept(line)) << line;
}

// Else a name chosen by a stranger could write a line that looks like the host's own.
TEST(Logging, PutsNoControlCharacterIntoALineForPeople) {
    EXPECT_EQ(human_line(Level::info, "a\nb\x1b[2J", {field("agent", "x\r\ny"), field("n", 7)}),
              "a b [2J  agent=x  y  n=7");
}

TEST(Logging, WritesOneFormatOrTheOther) {
    const TemporaryFolder folder;
    LOG(*logger_to(folder / "human", Format::human), info, "connected {} %s",
        field("venue", "paper"));
    LOG(*logger_to(folder / "json", Format::json), error, "lost {} %v");
    LOG(*logger_to(folder / "automatic", Format::automatic), info, "to a file");
    const std::string human = lines_of(folder / "human").at(0);
    EXPECT_TRUE(std::regex_match(
        human, std::regex{R"(\d\d:\d\d:\d\d\.\d{3} info +connected \{\} %s  venue=paper)"}))
        << human;
    const auto json = nlohmann::json::parse(lines_of(folder / "json").at(0));
    EXPECT_EQ(json["message"], "lost {} %v");
    EXPECT_EQ(json["level"], "error");
    EXPECT_TRUE(nlohmann::json::accept(lines_of(folder / "automatic").at(0)));
}

TEST(Logging, MakesNoFieldsBelowItsLevel) {
    const TemporaryFolder folder;
    const auto logger = logger_to(folder / "log", Format::json, 1, Level::warning);
    int made = 0;
    const auto count = [&] { return ++made; };
    LOG(*logger, info, "below", field("made", count()));
    LOG(*logger, trace, "far below", field("made", count()));
    logger->write(Level::debug, "below as well", {});
    EXPECT_EQ(made, 0);
    LOG(*logger, warning, "at it", field("made", count()));
    EXPECT_EQ(made, 1);
    EXPECT_EQ(lines_of(folder / "log").size(), 1U); // nothing below it took from the rate of one
    EXPECT_FALSE(logger_to(folder / "off", Format::json, 1, Level::off)->logs(Level::error));
}

TEST(Logging, HasEachLineOnDiskAtOnce) {
    const TemporaryFolder folder;
    const auto logger = logger_to(folder / "log", Format::json);
    LOG(*logger, info, "first");
    EXPECT_EQ(lines_of(folder / "log").size(), 1U);
}

TEST(Logging, CountsWhatGoesBeyondTheRate) {
    const TemporaryFolder folder;
    const auto logger = logger_to(folder / "log", Format::json, 3);
    for (int i = 0; i < 30; ++i)
        LOG(*logger, info, "again", field("i", i));
    const std::size_t written = lines_of(folder / "log").size();
    // Three a second, and the second may turn over once while this runs.
    EXPECT_GE(written, 3U);
    EXPECT_LE(written, 7U);
    EXPECT_GE(logger->dropped(), 24U);
    const auto lost = lines_of(folder / "log");
    const std::size_t told = static_cast<std::size_t>(std::ranges::count_if(
        lost, [](const std::string& line) { return line.find("left out") != std::string::npos; }));
    EXPECT_EQ(written - told + logger->dropped(), 30U);
}

TEST(Logging, IsWholeWithSeveralThreads) {
    const TemporaryFolder folder;
    {
        const auto logger = logger_to(folder / "log", Format::json, 100'000);
        std::vector<std::thread> threads;
        for (int t = 0; t < 4; ++t) {
            threads.emplace_back([&logger, t] {
                for (int i = 0; i < 100; ++i)
                    LOG(*logger, info, "line", field("thread", t), field("i", i));
            });
        }
        for (std::thread& thread : threads)
            thread.join();
    }
    const auto lines = lines_of(folder / "log");
    EXPECT_EQ(lines.size(), 400U);
    for (const std::string& line : lines)
        EXPECT_TRUE(nlohmann::json::accept(line)) << line;
}

TEST(Logging, KnowsItsLevelsAndNoOthers) {
    const char* names[] = {"trace", "debug", "info", "warning", "error", "off"};
    for (std::size_t i = 0; i < std::size(names); ++i) {
        const auto level = parse_level(names[i]);
        ASSERT_TRUE(level) << names[i];
        EXPECT_EQ(static_cast<std::size_t>(*level), i + 1);
    }
    const auto unknown = parse_level("warn");
    ASSERT_FALSE(unknown);
    EXPECT_EQ(unknown.error().code, ErrorCode::invalid_argument);
    EXPECT_THAT(unknown.error().message, HasSubstr("trace, debug, info, warning, error or off"));
}

TEST(Logging, SaysThatItsFileCannotBeWritten) {
    const TemporaryFolder folder;
    Options options;
    options.file = (folder.write("plain", "") / "log").string();
    const auto logger = Logger::create(options);
    ASSERT_FALSE(logger);
    EXPECT_EQ(logger.error().code, ErrorCode::io_error);
    EXPECT_THAT(logger.error().message, HasSubstr("logging.file = \"" + options.file));
}

} // namespace
} // namespace grekko::logging
