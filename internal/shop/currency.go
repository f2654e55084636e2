package shop

import "strings"

// Currency is an ISO 4217 alphabetic code in upper case.
type Currency string

// DefaultCurrency is the shop's currency when none is configured.
const DefaultCurrency Currency = "EUR"

// decimals lists the ISO 4217 currencies whose minor unit is not a hundredth.
var decimals = map[Currency]int{
	"BIF": 0, "CLP": 0, "DJF": 0, "GNF": 0, "ISK": 0, "JPY": 0, "KMF": 0, "KRW": 0,
	"PYG": 0, "RWF": 0, "UGX": 0, "UYI": 0, "VND": 0, "VUV": 0, "XAF": 0, "XOF": 0, "XPF": 0,
	"BHD": 3, "IQD": 3, "JOD": 3, "KWD": 3, "LYD": 3, "OMR": 3, "TND": 3,
	"CLF": 4, "UYW": 4,
}

// codes are the active ISO 4217 currencies of circulation (list one).
var codes = strings.Fields(`
AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF
CHF CLF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF
GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK
LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD
OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN
SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYI UYU UYW UZS VED VES VND VUV WST XAF
XCD XCG XOF XPF YER ZAR ZMW ZWG`)

var known = func() map[Currency]bool {
	m := make(map[Currency]bool, len(codes))
	for _, c := range codes {
		m[Currency(c)] = true
	}
	return m
}()

// ParseCurrency reads an ISO 4217 code. It reports an error of kind Invalid
// when the code is not an active currency.
func ParseCurrency(s string) (Currency, error) {
	c := Currency(strings.ToUpper(strings.TrimSpace(s)))
	if !known[c] {
		return "", Invalidf("currency", "expected an ISO 4217 code such as EUR, got %q", s)
	}
	return c, nil
}

// MinorUnits returns the number of digits of the minor unit for each currency where it is
// not two: 0 for JPY, 3 for KWD.
func MinorUnits() map[string]int {
	digits := make(map[string]int, len(decimals))
	for c, d := range decimals {
		digits[string(c)] = d
	}
	return digits
}

// Decimals is the number of digits of the minor unit: 2 for EUR, 0 for JPY, 3
// for KWD.
func (c Currency) Decimals() int {
	if d, ok := decimals[c]; ok {
		return d
	}
	return 2
}
