package main

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/storekeeper/storekeeper/internal/shopify"
)

type shopifyCmd struct {
	Exports []string `arg:"" type:"path" help:"CSV files that Shopify exported: products, customers or both."`
	To      string   `env:"STOREKEEPER_SHOPIFY_TO" default:"." placeholder:"DIR" help:"Folder for the files to import, which is made if it is not there."`
	Force   bool     `env:"STOREKEEPER_SHOPIFY_FORCE" help:"Replace files that exist."`
}

// madeFile is a file to import.
type madeFile struct {
	File    string `json:"file"`
	Records int    `json:"records"`
}

// made is what the command prints.
type made struct {
	Files   []madeFile `json:"files"`
	Remarks []string   `json:"remarks"`
}

// Run turns exports into files to import. It needs no database.
func (c *shopifyCmd) Run(a *app) error {
	out := made{Files: []madeFile{}, Remarks: []string{}}
	var tables []shopify.Table
	for _, name := range c.Exports {
		files, err := converted(name)
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		tables = append(tables, files.Tables...)
		out.Remarks = append(out.Remarks, files.Remarks...)
	}
	if err := os.MkdirAll(c.To, 0o700); err != nil {
		return fmt.Errorf("write: %w", err)
	}
	for _, table := range tables {
		made := madeFile{File: filepath.Join(c.To, table.Name), Records: len(table.Rows) - 1}
		if err := c.write(made.File, table.Rows); err != nil {
			return err
		}
		out.Files = append(out.Files, made)
	}
	return a.print(out, func(w io.Writer) {
		for _, made := range out.Files {
			fmt.Fprintf(w, "%s: records: %d\n", made.File, made.Records)
		}
		for _, remark := range out.Remarks {
			fmt.Fprintln(w, plain(remark))
		}
		fmt.Fprintln(w, "Import them in the admin screens, categories first. You see what happens to each row before anything is written.")
	})
}

func converted(name string) (*shopify.Files, error) {
	file, err := os.Open(name) //nolint:gosec // whoever runs the command names it
	if err != nil {
		return nil, err //nolint:wrapcheck // it is said by the caller
	}
	defer file.Close()
	return shopify.Convert(file)
}

// write makes a file that only its owner may read: customers are in it.
func (c *shopifyCmd) write(name string, rows [][]string) error {
	how := os.O_WRONLY | os.O_CREATE | os.O_EXCL
	if c.Force {
		how = os.O_WRONLY | os.O_CREATE | os.O_TRUNC
	}
	file, err := os.OpenFile(name, how, 0o600) //nolint:gosec // likewise
	switch {
	case errors.Is(err, os.ErrExist):
		return fmt.Errorf("%s exists: choose another folder with --to, or use --force to replace it", name)
	case err != nil:
		return fmt.Errorf("write: %w", err)
	}
	if _, err = file.WriteString("\ufeff"); err == nil { // so that spreadsheets read UTF-8
		err = csv.NewWriter(file).WriteAll(rows)
	}
	if err := errors.Join(err, file.Close()); err != nil {
		return fmt.Errorf("write: %w", err)
	}
	return nil
}
