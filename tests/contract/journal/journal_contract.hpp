// What every ports::Journal promises, as one suite: a new implementation adds its factory and an
// INSTANTIATE_TEST_SUITE_P. It shows nothing of files, locks or damage: those are the
// implementation's own tests.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include <gtest/gtest.h>

#include "ports/journal.hpp"
#include "support/temporary_folder.hpp"

namespace grekko::tests {

struct JournalFactory {
    std::string name;
    // Opens the one journal that lives in the folder.
    std::function<std::unique_ptr<ports::Journal>(const TemporaryFolder&)> open;
    bool survives{true}; // opened again it holds what was synced
};

class JournalContract : public testing::TestWithParam<JournalFactory> {
protected:
    void SetUp() override { open(); }
    void open() {
        journal_.reset();
        journal_ = GetParam().open(folder_);
        ASSERT_NE(journal_, nullptr);
    }
    TemporaryFolder folder_;
    std::unique_ptr<ports::Journal> journal_;
};

} // namespace grekko::tests
