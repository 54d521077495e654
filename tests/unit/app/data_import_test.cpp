// covers: data_form.cpp, commands/data.cpp
#include "app/data_import.hpp"

#include <sstream>

#include <gtest/gtest.h>

#include "app/commands/commands.hpp"
#include "app/program.hpp"
#include "io/tape/reader.hpp"
#include "support/temporary_folder.hpp"

namespace grekko::app {
namespace {

using grekko::tests::TemporaryFolder;

constexpr const char* bars = "open_time_s,open,high,low,close,volume_base\n"
                             "3600,1,2,1,2,5\n7200,2,3,2,3,5\n";

ImportRequest request_of(const TemporaryFolder& folder, std::vector<std::string> files) {
    ImportRequest request;
    request.files = std::move(files);
    request.tape = (folder / "out.tape").string();
    return request;
}

TEST(DataImport, MakesATapeThatTellsItsInstrumentsAndTheHoleBetweenFiles) {
    const TemporaryFolder folder;
    auto request = request_of(folder, {folder.write("a.csv", bars).string(),
                                       folder
                                           .write("b.csv", "open_time_s,open,high,low,close,"
                                                           "volume_base\n14400,1,1,1,1,1\n"
                                                           "18000,1,1,1,1,1\n")
                                           .string()});
    request.symbols = {"BTC-USD"};
    const auto outcome = import_data(request, {});
    ASSERT_TRUE(outcome) << outcome.error().message;
    EXPECT_EQ(outcome->form, DataForm::ohlcv);
    EXPECT_EQ(outcome->summary.records, 4U);
    EXPECT_EQ(outcome->summary.sources[0].gaps, 1U);
    const auto info = tape::verify(request.tape);
    ASSERT_TRUE(info) << info.error().message;
    EXPECT_EQ(info->metadata.universe.instruments[1].symbol, "BTC-USD");
    EXPECT_EQ(info->metadata.universe.instruments[1].finest_bar, Duration::hours(1));
    EXPECT_EQ(info->hash, outcome->hash);
}

TEST(DataImport, MakesTheSameTapeOfTheSameFiles) {
    const TemporaryFolder folder;
    auto request = request_of(folder, {folder.write("a.csv", bars).string()});
    request.symbols = {"BTC-USD"};
    const auto first = import_data(request, {});
    ASSERT_TRUE(first) << first.error().message;
    request.tape = (folder / "again.tape").string();
    const auto again = import_data(request, {});
    ASSERT_TRUE(again) << again.error().message;
    EXPECT_EQ(again->hash, first->hash);
    EXPECT_EQ(grekko::tests::read_file(again->tape), grekko::tests::read_file(first->tape));
}

TEST(DataImport, FindsTheInstrumentsOfARecordingByItself) {
    const TemporaryFolder folder;
    const auto file = folder.write(
        "capture",
        "1000000000000000000 {\"e\":\"trade\",\"s\":\"ETHBTC\",\"t\":1,\"p\":\"1\",\"q\":\"1\","
        "\"T\":1,\"m\":true}\n"
        "1000000000000000001 {\"e\":\"trade\",\"s\":\"BTCUSDT\",\"t\":1,\"p\":\"1\",\"q\":\"1\","
        "\"T\":1,\"m\":true}\n");
    const auto outcome = import_data(request_of(folder, {file.string()}), {});
    ASSERT_TRUE(outcome) << outcome.error().message;
    EXPECT_EQ(outcome->form, DataForm::binance);
    EXPECT_EQ(outcome->symbols, (std::vector<std::string>{"ETH-BTC", "BTC-USDT"}));
    EXPECT_EQ(outcome->summary.records, 2U);
}

TEST(DataImport, LeavesNoTapeBehindWhereItFails) {
    const TemporaryFolder folder;
    const auto bad = folder.write("a.csv", std::string{bars} + "10800,x,1,1,1,1\n").string();
    auto request = request_of(folder, {bad});
    request.symbols = {"BTC-USD"};
    const auto stopped = import_data(request, {});
    ASSERT_FALSE(stopped);
    EXPECT_NE(stopped.error().message.find("a.csv:4: "), std::string::npos);
    EXPECT_FALSE(std::filesystem::exists(request.tape));
    EXPECT_FALSE(std::filesystem::exists(request.tape + ".part"));
    request.keep_good_rows = true;
    const auto kept = import_data(request, {});
    ASSERT_TRUE(kept) << kept.error().message;
    EXPECT_EQ(kept->summary.records, 2U);
    const auto again = import_data(request, {});
    ASSERT_FALSE(again);
    EXPECT_EQ(again.error().code, ErrorCode::already_exists);
}

TEST(DataImport, AsksForWhatItCannotKnow) {
    const TemporaryFolder folder;
    auto request = request_of(folder, {folder.write("a.csv", bars).string()});
    const auto no_symbol = import_data(request, {});
    ASSERT_FALSE(no_symbol);
    EXPECT_NE(no_symbol.error().message.find("--symbol"), std::string::npos);
    const auto unknown =
        import_data(request_of(folder, {folder.write("b.csv", "a;b;c\n1;2;3\n").string()}), {});
    ASSERT_FALSE(unknown);
    EXPECT_NE(unknown.error().message.find("--format"), std::string::npos);
}

TEST(DataCommand, ImportsByACommandLine) {
    const TemporaryFolder folder;
    const auto file = folder.write("x.csv", "when;px;n;way\n2024-01-01 00:00:00;5;2;buy\n");
    const auto tape = (folder / "x.tape").string();
    Program program;
    add_commands(program);
    std::ostringstream out, err;
    EXPECT_EQ(program.run({"data", "import", file.string(), "--to", tape, "--symbol", "BTC-USD",
                           "--rows", "trade", "--delimiter", ";", "--time-unit", "text", "--map",
                           "time=when,price=px,quantity=n,side=way"},
                          out, err),
              0)
        << err.str();
    EXPECT_EQ(program.run({"data", "verify", tape}, out, err), 0) << err.str();
    EXPECT_EQ(tape::tape_info(tape)->records, 1U);
}

} // namespace
} // namespace grekko::app
