package pgtemp

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
)

// longestExcerpt bounds what of the log is quoted in an error.
const longestExcerpt = 4096

// logFile is what initdb and the server write to, opened for appending.
type logFile struct {
	file *os.File
}

func openLog(name string) (logFile, error) {
	file, err := os.OpenFile(name, os.O_CREATE|os.O_RDWR|os.O_APPEND, 0o600) //nolint:gosec // a name of ours
	if err != nil {
		return logFile{}, fmt.Errorf("pgtemp: open the server's log: %w", err)
	}
	if err := hold(file); err != nil {
		return logFile{}, errors.Join(fmt.Errorf("pgtemp: lock the server's log: %w", err), file.Close())
	}
	return logFile{file: file}, nil
}

// mark is the present end of the log, from which since reads on.
func (l logFile) mark() int64 {
	info, err := l.file.Stat()
	if err != nil {
		return 0
	}
	return info.Size()
}

// since returns what was logged after the mark: its end, if it is long.
func (l logFile) since(mark int64) string {
	from := max(mark, l.mark()-longestExcerpt)
	text, err := io.ReadAll(io.NewSectionReader(l.file, from, longestExcerpt))
	if err != nil {
		return "(its log cannot be read: " + err.Error() + ")"
	}
	return strings.TrimSpace(string(text))
}

func (l logFile) close() error {
	if l.file == nil {
		return nil
	}
	if err := l.file.Close(); err != nil {
		return fmt.Errorf("close the server's log: %w", err)
	}
	return nil
}
