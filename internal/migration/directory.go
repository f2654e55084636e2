package migration

import (
	"errors"
	"fmt"
	"io/fs"
	"path"

	"ariga.io/atlas/sql/migrate"

	"github.com/storekeeper/storekeeper/internal/migration/desired"
)

// File is a migration.
type File struct {
	// Name of the file: VERSION_DESCRIPTION.sql.
	Name        string `json:"name"`
	Version     string `json:"version"`
	Description string `json:"description"`
	// SQL is the content of the file.
	SQL string `json:"-"`
}

// directory is a migration directory in memory. Its files match its atlas.sum.
type directory struct {
	*migrate.MemDir

	files []migrate.File
	sums  map[string]string // by version
	by    string            // what the history records as the program that applied them
}

// program is how the history names the program that applied a migration, before its version.
const program = "Storekeeper"

// openDirectory reads the dialect's migrations. It returns an error when they do not
// match their atlas.sum.
func openDirectory(files fs.FS, dialect string) (*directory, error) {
	folder := desired.Folder(dialect)
	entries, err := fs.ReadDir(files, folder)
	if err != nil {
		return nil, fmt.Errorf("read the migrations for %s: %w", folder, err)
	}
	dir := &directory{MemDir: &migrate.MemDir{}, sums: make(map[string]string), by: program}
	for _, entry := range entries {
		content, err := fs.ReadFile(files, path.Join(folder, entry.Name()))
		if err != nil {
			return nil, fmt.Errorf("read the migrations for %s: %w", folder, err)
		}
		if err := dir.WriteFile(entry.Name(), content); err != nil {
			return nil, fmt.Errorf("read the migrations for %s: %w", folder, err)
		}
	}
	if err := migrate.Validate(dir); err != nil {
		return nil, fmt.Errorf("the migrations for %s: %w", folder, explainChecksum(err))
	}
	return dir, dir.index()
}

// explainChecksum says which file differs from atlas.sum, and how.
func explainChecksum(err error) error {
	if mismatch, ok := errors.AsType[*migrate.ChecksumError](err); ok {
		return fmt.Errorf("%s was %s after %s had been written: %w",
			mismatch.File, mismatch.Reason, migrate.HashFileName, err)
	}
	if errors.Is(err, migrate.ErrChecksumMismatch) {
		return fmt.Errorf("%s was edited by hand: %w", migrate.HashFileName, err)
	}
	return err
}

func (d *directory) index() error {
	files, err := d.Files()
	if err != nil {
		return fmt.Errorf("list the migrations: %w", err)
	}
	sums, err := d.Checksum()
	if err != nil {
		return fmt.Errorf("sum up the migrations: %w", err)
	}
	d.files = files
	for _, file := range files {
		sum, err := sums.SumByName(file.Name())
		if err != nil {
			return fmt.Errorf("%s: %w", file.Name(), err)
		}
		d.sums[file.Version()] = sum
	}
	return nil
}

// last is the newest version, or "" if there is none.
func (d *directory) last() string {
	if len(d.files) == 0 {
		return ""
	}
	return d.files[len(d.files)-1].Version()
}

func describe(file migrate.File) File {
	return File{Name: file.Name(), Version: file.Version(), Description: file.Desc(), SQL: string(file.Bytes())}
}

func describeAll(files []migrate.File) []File {
	described := make([]File, len(files))
	for i, file := range files {
		described[i] = describe(file)
	}
	return described
}
