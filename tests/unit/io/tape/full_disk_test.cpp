// A tape on a disk without room, made by the limit on the size of a file: it can be closed all the
// same, and what it holds is good.
#include <csignal>
#include <sys/resource.h>

#include "unit/io/tape/make_tape.hpp"

// covers: writer.cpp
namespace grekko::tape {
namespace {

using tests::TemporaryFolder;

class FileSizeLimit {
public:
    explicit FileSizeLimit(rlim_t bytes) : handler_{std::signal(SIGXFSZ, SIG_IGN)} {
        ::getrlimit(RLIMIT_FSIZE, &before_);
        const rlimit limit{bytes, before_.rlim_max};
        ::setrlimit(RLIMIT_FSIZE, &limit);
    }
    ~FileSizeLimit() {
        ::setrlimit(RLIMIT_FSIZE, &before_);
        std::signal(SIGXFSZ, handler_);
    }
    FileSizeLimit(const FileSizeLimit&) = delete;
    FileSizeLimit& operator=(const FileSizeLimit&) = delete;

private:
    void (*handler_)(int);
    rlimit before_{};
};

TEST(TapeOnAFullDisk, IsClosedWithAllThatItHolds) {
    const TemporaryFolder folder;
    auto writer = Writer::create(folder / "a.tape", tests::small_metadata());
    ASSERT_TRUE(writer.has_value()) << writer.error().message;
    // Room for the header and the first segment of 1 MiB with the place of the footer, no more.
    const FileSizeLimit limit{block_bytes + (1U << 20U) + sizeof(Footer)};
    std::uint64_t written = 0;
    Result<TapePosition> last{TapePosition{}};
    while (last = (*writer)->append(tests::record_at(written + 1).head()), last.has_value())
        ++written;
    EXPECT_GT(written, 5'000U);
    EXPECT_EQ(last.error().code, ErrorCode::out_of_space);
    EXPECT_NE(last.error().message.find("free space on its disk"), std::string::npos);
    const auto closed = (*writer)->close();
    ASSERT_TRUE(closed.has_value()) << closed.error().message;

    auto reader = open_tape(folder / "a.tape");
    ASSERT_TRUE(reader.has_value()) << reader.error().message;
    for (std::uint64_t i = 1; i <= written; ++i)
        ASSERT_TRUE(tests::gives(**reader, i));
    EXPECT_EQ((*reader)->next().value(), nullptr);
}

} // namespace
} // namespace grekko::tape
