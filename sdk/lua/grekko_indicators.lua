---@meta
-- Editor types of the indicators that a series makes: `self.fast = h:ema(48)` in on_start. They
-- hold no code; parameters and outputs are those of the registry in sdk/include/grekko/ta.

---@class Series
local Series = {}

---@class grekko.macd: Indicator
---@field line Values
---@field signal Values
---@field histogram Values

---@class grekko.donchian: Indicator
---@field middle Values
---@field upper Values
---@field lower Values

---@class grekko.stochastic: Indicator
---@field k Values
---@field d Values

---@class grekko.aroon: Indicator
---@field oscillator Values
---@field up Values
---@field down Values

---@class grekko.bbands: Indicator
---@field middle Values
---@field upper Values
---@field lower Values
---@field width Values
---@field percent_b Values

---@class grekko.keltner: Indicator
---@field middle Values
---@field upper Values
---@field lower Values

---@class grekko.adx: Indicator
---@field adx Values
---@field plus_di Values
---@field minus_di Values

---@class grekko.supertrend: Indicator
---@field value Values
---@field direction Values

---@class grekko.psar: Indicator
---@field value Values
---@field direction Values

---@class grekko.linreg: Indicator
---@field value Values
---@field slope Values
---@field intercept Values
---@field r2 Values

---Simple moving average.
---@param window? number default 20
---@param of? Feed what it is fed with, default the close
---@return Indicator
function Series:sma(window, of) end

---Exponential moving average.
---@param window? number default 20
---@param of? Feed what it is fed with, default the close
---@return Indicator
function Series:ema(window, of) end

---Linearly weighted moving average.
---@param window? number default 20
---@param of? Feed what it is fed with, default the close
---@return Indicator
function Series:wma(window, of) end

---Wilder's running average.
---@param window? number default 14
---@param of? Feed what it is fed with, default the close
---@return Indicator
function Series:rma(window, of) end

---Hull moving average.
---@param window? number default 16
---@param of? Feed what it is fed with, default the close
---@return Indicator
function Series:hma(window, of) end

---Kaufman's adaptive moving average.
---@param window? number default 10
---@param fast? number default 2
---@param slow? number default 30
---@param of? Feed what it is fed with, default the close
---@return Indicator
function Series:kama(window, fast, slow, of) end

---Double exponential moving average.
---@param window? number default 20
---@param of? Feed what it is fed with, default the close
---@return Indicator
function Series:dema(window, of) end

---Triple exponential moving average.
---@param window? number default 20
---@param of? Feed what it is fed with, default the close
---@return Indicator
function Series:tema(window, of) end

---Percent change of a triple EMA.
---@param window? number default 15
---@param of? Feed what it is fed with, default the close
---@return Indicator
function Series:trix(window, of) end

---Volume-weighted average price, rolling.
---@param window? number default 20
---@return Indicator
function Series:vwap(window) end

---Volume-weighted average price since the session began; 0 bars: the host begins sessions.
---@param bars? number default 0
---@return Indicator
function Series:session_vwap(bars) end

---On-balance volume.
---@return Indicator
function Series:obv() end

---Money flow index, 0 to 100.
---@param window? number default 14
---@return Indicator
function Series:mfi(window) end

---Change over the window.
---@param window? number default 10
---@param of? Feed what it is fed with, default the close
---@return Indicator
function Series:momentum(window, of) end

---Rate of change, percent.
---@param window? number default 10
---@param of? Feed what it is fed with, default the close
---@return Indicator
function Series:roc(window, of) end

---Relative strength index, 0 to 100.
---@param window? number default 14
---@param of? Feed what it is fed with, default the close
---@return Indicator
function Series:rsi(window, of) end

---Chande's momentum oscillator, -100 to 100.
---@param window? number default 14
---@param of? Feed what it is fed with, default the close
---@return Indicator
function Series:cmo(window, of) end

---Moving average convergence divergence.
---@param fast? number default 12
---@param slow? number default 26
---@param signal? number default 9
---@param of? Feed what it is fed with, default the close
---@return grekko.macd
function Series:macd(fast, slow, signal, of) end

---Largest value.
---@param window? number default 20
---@param of? Feed what it is fed with, default the close
---@return Indicator
function Series:highest(window, of) end

---Smallest value.
---@param window? number default 20
---@param of? Feed what it is fed with, default the close
---@return Indicator
function Series:lowest(window, of) end

---Donchian channel.
---@param window? number default 20
---@return grekko.donchian
function Series:donchian(window) end

---Slow stochastic, 0 to 100.
---@param window? number default 14
---@param slowing? number default 3
---@param signal? number default 3
---@return grekko.stochastic
function Series:stochastic(window, slowing, signal) end

---Williams %R, -100 to 0.
---@param window? number default 14
---@return Indicator
function Series:williams_r(window) end

---Commodity channel index.
---@param window? number default 20
---@return Indicator
function Series:cci(window) end

---Aroon.
---@param window? number default 14
---@return grekko.aroon
function Series:aroon(window) end

---True range.
---@return Indicator
function Series:true_range() end

---Average true range.
---@param window? number default 14
---@return Indicator
function Series:atr(window) end

---Bollinger bands.
---@param window? number default 20
---@param multiplier? number default 2.0
---@param of? Feed what it is fed with, default the close
---@return grekko.bbands
function Series:bbands(window, multiplier, of) end

---Keltner channel.
---@param window? number default 20
---@param atr_window? number default 10
---@param multiplier? number default 2.0
---@return grekko.keltner
function Series:keltner(window, atr_window, multiplier) end

---Exponentially weighted volatility of simple returns, per bar.
---@param half_life? number default 60
---@param of? Feed what it is fed with, default the close
---@return Indicator
function Series:realised_volatility(half_life, of) end

---Average directional index.
---@param window? number default 14
---@return grekko.adx
function Series:adx(window) end

---Supertrend.
---@param window? number default 10
---@param multiplier? number default 3.0
---@return grekko.supertrend
function Series:supertrend(window, multiplier) end

---Parabolic stop and reverse.
---@param acceleration? number default 0.02
---@param maximum? number default 0.2
---@return grekko.psar
function Series:psar(acceleration, maximum) end

---Population variance.
---@param window? number default 20
---@param of? Feed what it is fed with, default the close
---@return Indicator
function Series:variance(window, of) end

---Population standard deviation.
---@param window? number default 20
---@param of? Feed what it is fed with, default the close
---@return Indicator
function Series:stddev(window, of) end

---Distance from the mean in standard deviations.
---@param window? number default 20
---@param of? Feed what it is fed with, default the close
---@return Indicator
function Series:zscore(window, of) end

---Median.
---@param window? number default 20
---@param of? Feed what it is fed with, default the close
---@return Indicator
function Series:median(window, of) end

---Percent of earlier values that are at most as large.
---@param window? number default 100
---@param of? Feed what it is fed with, default the close
---@return Indicator
function Series:percent_rank(window, of) end

---Least-squares line.
---@param window? number default 14
---@param of? Feed what it is fed with, default the close
---@return grekko.linreg
function Series:linreg(window, of) end

---Pearson correlation of two series.
---@param window? number default 20
---@param a Feed the first series, or the second where there is no `b`
---@param b? Feed
---@return Indicator
function Series:correlation(window, a, b) end

---1 where the first series rises above the second.
---@param a Feed the first series, or the second where there is no `b`
---@param b? Feed
---@return Indicator
function Series:crossover(a, b) end

---1 where the first series falls below the second.
---@param a Feed the first series, or the second where there is no `b`
---@param b? Feed
---@return Indicator
function Series:crossunder(a, b) end
