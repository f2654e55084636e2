//go:build linux

package pgtemp

// What tests of directories in memory need.
const (
	DirectoryPrefix = directoryPrefix
	LogName         = logName
)

var RemoveOrphans = removeOrphans

// HoldLog makes a log and holds it until it is released.
func HoldLog(name string) (release func() error, err error) {
	log, err := openLog(name)
	return log.close, err
}
