package migration

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	entmigrate "github.com/storekeeper/storekeeper/ent/migrate"
	"github.com/storekeeper/storekeeper/internal/migration/desired"
)

// Restart replaces all migrations in the directory by a single one that creates
// the schema as it is now, under the version of the first one if there was any.
// It is for the time before the first release only: databases that have the old
// ones can no longer be migrated. The old ones stay until the new ones are made.
func Restart(ctx context.Context, dir string, dev Dev) (_ []Draft, err error) {
	begin, err := firstVersion(dir, time.Now())
	if err != nil {
		return nil, err
	}
	fresh, err := os.MkdirTemp(filepath.Dir(dir), ".migrations-")
	if err != nil {
		return nil, fmt.Errorf("restart the migrations: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(fresh)) }()
	drafts, err := diff(ctx, entmigrate.Tables, fresh, "init", begin, dev)
	if err != nil {
		return nil, err
	}
	for i := range drafts {
		old := filepath.Join(dir, drafts[i].Database)
		if err := os.RemoveAll(old); err != nil {
			return nil, fmt.Errorf("restart the migrations: %w", err)
		}
		if err := os.Rename(filepath.Join(fresh, drafts[i].Database), old); err != nil {
			return nil, fmt.Errorf("restart the migrations: %w", err)
		}
		drafts[i].Path = filepath.Join(old, drafts[i].Name)
	}
	return drafts, nil
}

func firstVersion(dir string, now time.Time) (time.Time, error) {
	first := now
	for _, dialect := range desired.Dialects() {
		files, err := filepath.Glob(filepath.Join(dir, desired.Folder(dialect), "*.sql"))
		if err != nil {
			return first, fmt.Errorf("list the migrations: %w", err)
		}
		for _, file := range files {
			version, _, _ := strings.Cut(filepath.Base(file), "_")
			at, err := time.Parse(versionLayout, version)
			if err != nil {
				return first, fmt.Errorf("%s: the version is not a time: %w", file, err)
			}
			if at.Before(first) {
				first = at
			}
		}
	}
	return first, nil
}
