package report

// Days are the days of a period, however many.
func Days(p Period) []Day { return p.days() }

// HalfEven divides as averages do.
func HalfEven(dividend, divisor int64) int64 { return halfEven(dividend, divisor) }
