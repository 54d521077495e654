// One sentence a figure; the labels are those of the sections.
#include "io/report/document.hpp"

namespace grekko::report {

const std::vector<Definition>& definitions() {
    static const std::vector<Definition> list{
        {"Total return", "NAV per unit at the end over its start, less one. Deposits and "
                         "withdrawals change units, so they are no return."},
        {"CAGR", "The total return as if it had grown evenly for a year of 365 days."},
        {"Sharpe", "Mean over deviation of daily returns (UTC), × √365, no riskless rate."},
        {"Sortino", "As Sharpe, but over the deviation of losing days alone."},
        {"Calmar", "CAGR over maximum drawdown."},
        {"Maximum drawdown", "The largest fall of NAV per unit from its peak so far; the interval "
                             "is of daily closes."},
        {"10 % drawdown in a year", "Share of 2 000 years drawn in blocks from this run's days "
                                    "that fall by 10 % from a peak."},
        {"90 %", "Interval by stationary bootstrap: 2 000 draws, mean block max(5, n^⅓) days, "
                 "seeded. Of means of trades and votes: normal theory."},
        {"Buy and hold", "Equal parts of every instrument bought at the start and sold at the end, "
                         "at this run's own cost a side."},
        {"Constant weight", "The same market held at the run's mean net exposure, put back to it "
                            "every day, at the same costs."},
        {"Better than random entries", "Share of 500 runs with the same trades (count, side, "
                                       "size, holding time) at random times that earned less."},
        {"Alpha a year", "Intercept of daily returns on those of holding, × 365."},
        {"Beta", "Slope of daily returns on those of holding."},
        {"R²", "Share of the variance of daily returns that holding explains."},
        {"Gross exposure, mean", "Σ |position × price| / NAV, weighted by time."},
        {"Net exposure, mean", "Σ position × price / NAV, weighted by time."},
        {"Return per unit of exposure", "Total return over mean gross exposure."},
        {"Turnover", "Value of all fills over mean NAV."},
        {"Gross", "Net plus all costs below: what the decisions would have earned at the marks "
                  "they were made at, without fees."},
        {"Spread", "What fills were worse than the mark, up to half the spread; negative where "
                   "resting orders earned it."},
        {"Impact", "What fills were worse than the mark beyond half the spread."},
        {"Delay", "How far the mark moved from the proposal to the fill, against the order."},
        {"Break-even cost a side", "The cost of a side, as a fraction of turnover, at which the "
                                   "result would be zero."},
        {"Passive share", "Part of the turnover that rested and was taken (maker)."},
        {"Probabilistic Sharpe", "Probability that the true Sharpe ratio is above zero, given the "
                                 "sample's length, skewness and kurtosis."},
        {"Deflated Sharpe", "The same against the ratio that the best of all trials so far would "
                            "show without any skill."},
        {"Sharpe of luck, a day", "That ratio, of one day."},
        {"Round trips", "An agent's trades in one instrument from flat to flat. What is open at "
                        "the end is not counted."},
        {"Payoff", "Mean winning trip over mean losing trip."},
        {"Expectancy", "Mean result in R: net over what the stops put at risk at the entries."},
        {"MAE, mean", "Mean of the worst unrealised result of each trip, in R."},
        {"MFE, mean", "Mean of the best unrealised result of each trip, in R."},
        {"Without the five best", "The net result of trips had the five best not happened."},
        {"By regime at the entry", "Of the 96 prices before the entry: trend where net move over "
                                   "path is above the run's median, wild where the deviation is."},
        {"Closed intents by agent", "Signal less delay, execution, fees and funding is an "
                                    "intent's result; not taken is a memo and never added."},
        {"Result of passed intents", "Mean outcome at the horizon or the stop, round-trip cost "
                                     "taken off, cut at 2 σ."},
        {"Result of rejected intents", "The same for intents that were not carried out: below "
                                       "zero means that the vote was right to refuse."},
        {"Value of the vote", "Sum of daily returns of this run less those of the same run with "
                              "consensus off."},
        {"Votes by agent", "Value: each scored vote's share of confidence × weight in its round, "
                           "times the round's outcome in money."},
        {"By check", "Denied: the check blocked. Reduced: it made an approved order smaller. "
                     "Near miss: the value came close to its limit."},
    };
    return list;
}

} // namespace grekko::report
