package seed

import "github.com/storekeeper/storekeeper/internal/shop"

// perEuro is roughly how many thousandths of a currency one euro buys. It lists the
// currencies for which that is far from a thousand, so that a chair does not cost 149
// yen.
var perEuro = map[shop.Currency]int64{
	"AED": 4_000, "ARS": 1_500_000, "BDT": 135_000, "BHD": 420, "BRL": 6_000, "CLP": 1_050_000, "CNY": 8_000,
	"COP": 4_500_000, "CRC": 570_000, "CZK": 25_000, "DKK": 7_460, "DZD": 150_000, "EGP": 55_000, "GNF": 9_500_000,
	"HKD": 9_000, "HUF": 400_000, "IDR": 18_500_000, "ILS": 4_000, "INR": 97_000, "IQD": 1_450_000, "ISK": 145_000,
	"JMD": 180_000, "JOD": 780, "JPY": 160_000, "KES": 145_000, "KMF": 492_000, "KRW": 1_550_000, "KWD": 340,
	"KZT": 580_000, "LBP": 100_000_000, "LKR": 340_000, "LYD": 5_600, "MAD": 10_700, "MMK": 2_400_000, "MXN": 21_000,
	"MYR": 4_900, "NGN": 1_700_000, "NOK": 11_700, "OMR": 430, "PHP": 65_000, "PKR": 320_000, "PLN": 4_300,
	"PYG": 8_500_000, "RON": 5_000, "RSD": 117_000, "RUB": 95_000, "RWF": 1_600_000, "SAR": 4_200, "SEK": 11_000,
	"THB": 37_000, "TND": 3_400, "TRY": 45_000, "TWD": 35_000, "TZS": 2_900_000, "UAH": 48_000, "UGX": 4_200_000,
	"UZS": 14_500_000, "VND": 29_000_000, "XAF": 656_000, "XOF": 656_000, "XPF": 119_000, "ZAR": 20_500,
	"BIF": 3_400_000, "DJF": 205_000, "VUV": 135_000, "CLF": 27, "UYU": 45_000, "UYW": 7,
}

// tariff converts prices in euro cents to the shop's currency.
type tariff struct {
	rate     int64 // thousandths of the currency per euro
	decimals int
}

func tariffOf(c shop.Currency) tariff {
	t := tariff{rate: 1000, decimals: c.Decimals()}
	if rate, ok := perEuro[c]; ok {
		t.rate = rate
	} else if t.decimals == 0 {
		t.rate = 100_000
	}
	return t
}

// price returns the amount in minor units, rounded to what shops charge: 12.99, 149.00,
// ¥1,980. It is at least one minor unit.
func (t tariff) price(euroCents int64) shop.Money {
	minor := euroCents * t.rate
	for range t.decimals {
		minor *= 10
	}
	minor /= 100 * 1000
	switch {
	case t.decimals == 0:
		minor = wholePrice(minor)
	case t.decimals > 2:
		fine := int64(1)
		for range t.decimals - 2 {
			fine *= 10
		}
		minor = centPrice(minor/fine) * fine
	default:
		minor = centPrice(minor)
	}
	return shop.Money(max(1, minor))
}

func centPrice(cents int64) int64 {
	switch {
	case cents < 10_00:
		return roundUp(cents, 50) - 1
	case cents < 20_00:
		return roundUp(cents, 1_00) - 1
	case cents < 100_00:
		return roundUp(cents, 1_00) - 10
	case cents < 1_000_00:
		return roundUp(cents, 10_00) - 1_00
	default:
		return roundUp(cents, 50_00) - 1_00
	}
}

func wholePrice(units int64) int64 {
	step := int64(10)
	for step*100 <= units {
		step *= 10
	}
	return roundUp(units, step) - step/5
}

func roundUp(n, step int64) int64 { return (n + step - 1) / step * step }
