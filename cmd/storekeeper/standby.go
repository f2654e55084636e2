package main

import (
	"errors"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/storekeeper/storekeeper/internal/store"
)

// readFlags say from which database lists and reports are read.
type readFlags struct {
	ReadDatabaseURL string        `name:"read-database-url" placeholder:"URL" help:"Streaming standby of the database, for lists and reports: postgres://USER:PASSWORD@HOST/DATABASE."`
	ReadMaxLag      time.Duration `default:"10s" help:"How far a standby may lag; beyond that, the primary is read."`
	ReadWait        time.Duration `default:"100ms" help:"How long a read waits until the standby has the caller's own writes, before it reads the primary."`
}

// maxReadLag is the largest --read-max-lag. It is shorter than clients are made to
// remember their last write.
const maxReadLag = 5 * time.Minute

// Validate implements kong's validation.
func (f *readFlags) Validate() error {
	if f.ReadMaxLag < 2*time.Second || f.ReadMaxLag > maxReadLag {
		return errors.New("--read-max-lag: expected 2s to 5m")
	}
	if f.ReadWait <= 0 || f.ReadWait > 10*time.Second {
		return errors.New("--read-wait: expected more than 0, and at most 10s")
	}
	return nil
}

func (f *readFlags) standby(a *app) store.Standby {
	return store.Standby{URL: f.ReadDatabaseURL, MaxLag: f.ReadMaxLag, Wait: f.ReadWait, Log: a.log}
}

// standbyMetrics are the metrics of reading from the standby.
func standbyMetrics(db *store.DB) []prometheus.Collector {
	figure := func(name, help string, of func(store.StandbyFigures) float64) prometheus.Collector {
		return prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: name, Help: help}, func() float64 { return of(db.Standby()) })
	}
	count := func(from string, of func(store.StandbyFigures) int64) prometheus.Collector {
		return prometheus.NewCounterFunc(prometheus.CounterOpts{
			Name: "storekeeper_standby_reads_total", ConstLabels: prometheus.Labels{"from": from},
			Help: "Lists and reports by where they were read; the primary is read while the standby is unreachable or lags.",
		}, func() float64 { return float64(of(db.Standby())) })
	}
	return []prometheus.Collector{
		figure("storekeeper_standby_usable", "Whether lists and reports are read from the standby.", func(f store.StandbyFigures) float64 {
			if f.Usable {
				return 1
			}
			return 0
		}),
		figure("storekeeper_standby_lag_bytes", "Bytes of the log that the standby had not replayed a second ago.",
			func(f store.StandbyFigures) float64 { return float64(f.Lag) }),
		count("standby", func(f store.StandbyFigures) int64 { return f.Served }),
		count("primary", func(f store.StandbyFigures) int64 { return f.Passed }),
	}
}
