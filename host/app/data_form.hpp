// Tells the form of a file of market data from its first line and its name. It guesses no
// columns: a CSV file of a form that is not known needs a mapping. data_import.cpp calls it
// where the user named no form.
#pragma once

#include "app/data_import.hpp"
#include "io/import/byte_source.hpp"

namespace grekko::app {

// invalid_argument: it cannot be told; the errors of the bytes.
Result<DataForm> tell_form(const importing::InputFile& input);

} // namespace grekko::app
