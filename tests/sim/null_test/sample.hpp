// Sample: mean and standard error of independent numbers. The null tests judge by it.
// It knows no distribution.
// Used in this folder alone.
#pragma once

#include <cmath>

namespace grekko::tests {

class Sample {
public:
    void add(double x) {
        ++count_;
        sum_ += x;
        squares_ += x * x;
    }
    double mean() const { return sum_ / count_; }
    double error() const { return std::sqrt((squares_ / count_ - mean() * mean()) / (count_ - 1)); }

private:
    int count_{0};
    double sum_{0}, squares_{0};
};

} // namespace grekko::tests
