package adminapi

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// replace makes these files the only generated ones in the directory: it writes those
// that changed and leaves remains of those of entities that no longer exist. It never touches
// hand-written files, whatever they are called.
func replace(dir string, files map[string][]byte) error {
	if err := os.MkdirAll(dir, 0o755); err != nil { //nolint:gosec // part of the source tree
		return fmt.Errorf("adminapi: %w", err)
	}
	for name, content := range files {
		if err := write(filepath.Join(dir, name), content); err != nil {
			return err
		}
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		return fmt.Errorf("adminapi: %w", err)
	}
	for _, entry := range entries {
		if _, wanted := files[entry.Name()]; wanted || entry.IsDir() || !strings.HasSuffix(entry.Name(), suffix) {
			continue
		}
		if err := clearGenerated(filepath.Join(dir, entry.Name())); err != nil {
			return err
		}
	}
	return nil
}

func write(path string, content []byte) error {
	old, err := os.ReadFile(path) //nolint:gosec // a file of the source tree
	switch {
	case err == nil && bytes.Equal(old, content):
		return nil
	case err == nil && !bytes.HasPrefix(old, []byte(header)):
		return fmt.Errorf("adminapi: %s is hand-written: names that end in %s are the generator's", path, suffix)
	case err != nil && !errors.Is(err, os.ErrNotExist):
		return fmt.Errorf("adminapi: %w", err)
	}
	if err := os.WriteFile(path, content, 0o644); err != nil { //nolint:gosec // part of the source tree
		return fmt.Errorf("adminapi: %w", err)
	}
	return nil
}

func clearGenerated(path string) error {
	content, err := os.ReadFile(path) //nolint:gosec // a file of the source tree
	if err != nil {
		return fmt.Errorf("adminapi: %w", err)
	}
	if !bytes.HasPrefix(content, []byte(header)) {
		return nil
	}
	return leave(path, content)
}
