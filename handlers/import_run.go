package handlers

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"math"
	"slices"

	"github.com/danielgtaylor/huma/v2"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/internal/batch"
	"github.com/storekeeper/storekeeper/internal/definition"
	"github.com/storekeeper/storekeeper/internal/invariant"
	"github.com/storekeeper/storekeeper/internal/listquery"
	"github.com/storekeeper/storekeeper/internal/sheet"
	"github.com/storekeeper/storekeeper/internal/shop"
	"github.com/storekeeper/storekeeper/internal/store"
	"github.com/storekeeper/storekeeper/internal/store/pipeline"
)

// importing is one import of a file.
type importing[E, D, C, P any] struct {
	s                         *Server
	r                         *resource[E, D, C, P]
	tx                        *ent.Client
	file                      *sheet.Sheet
	registry                  huma.Registry
	createSchema, patchSchema *huma.Schema

	lines []*importLine[E]
	// creates are the rows that create a record, by natural key.
	creates map[string]*sheet.Row
	// ids are the ids of the records that rows refer to, by resource and natural key.
	// Records that the file creates are added once they exist.
	ids map[string]map[string]int64
	// made are the ids of the records that the file creates, also of those rolled back.
	made map[int64]bool
	// meant are the natural keys that may be meant by those that no record has, by
	// resource.
	meant map[string]map[string][]string
}

// importLine is a row and the state of its import.
type importLine[E any] struct {
	ImportedRow

	row   *sheet.Row
	known *E // the record with the key, nil when there is none
}

// run makes the changes of all rows. It first changes existing records in the order of
// their ids, as every operation on many records does, and then creates the others in the
// order of the file. If another transaction got in the way, it may be creating the same
// records in a different order, and whoever creates a record waits for others that create
// one with the same key. So the next attempt creates them in the order of their keys. This
// is not needed in a tree, where Hold lets only one import change records at a time, and
// where children have to follow their parents.
func (i *importing[E, D, C, P]) run(ctx context.Context) error {
	many := invariant.Many{Table: i.r.def.Table}
	if err := many.Hold(ctx, i.tx); err != nil {
		return err
	}
	if err := i.lookUp(ctx); err != nil {
		return err
	}
	if many.Refers = i.refers(); len(many.Refers) > 0 {
		if err := many.Hold(ctx, i.tx); err != nil {
			return err
		}
	}
	tree := slices.ContainsFunc(i.r.def.Fields, func(f definition.Field) bool { return f.Reference == i.r.def.Name })
	inOrder := slices.Clone(i.lines)
	slices.SortStableFunc(inOrder, func(a, b *importLine[E]) int {
		order := cmp.Compare(i.place(a), i.place(b))
		if order == 0 && !tree && pipeline.IsAgain(ctx) {
			order = cmp.Compare(a.row.Key, b.row.Key)
		}
		return order
	})
	var places []int64
	for place, line := range inOrder {
		if err := i.check(line); err != nil {
			line.Errors = i.located(problemOf(ctx, i.s.log, err))
			continue
		}
		places = append(places, int64(place))
	}
	failed, err := batch.Apply(pipeline.Held(ctx), i.tx, places, func(ctx context.Context, place int64) error {
		return i.write(ctx, inOrder[place])
	})
	if err != nil {
		return err
	}
	var late []string
	for place, why := range failed {
		line := inOrder[place]
		if line.Errors = i.located(problemOf(ctx, i.s.log, why)); line.known == nil {
			late = append(late, line.row.Key)
		}
	}
	return i.metSince(ctx, late)
}

// place puts existing records before new ones.
func (i *importing[E, D, C, P]) place(line *importLine[E]) int64 {
	if line.known == nil {
		return math.MaxInt64
	}
	return i.r.id(line.known)
}

// refers returns the ids of the records of other resources that the rows refer to, by
// field.
func (i *importing[E, D, C, P]) refers() map[string][]int64 {
	refers := map[string][]int64{}
	for _, line := range i.lines {
		members, _ := line.row.New()
		_ = i.refer(line.row, members, true) // check reports what is wrong
		for n := range i.r.def.Fields {
			f := &i.r.def.Fields[n]
			if id, ok := members[f.Name].(int64); ok && f.Reference != "" && f.Reference != i.r.def.Name {
				refers[f.Name] = append(refers[f.Name], id)
			}
		}
	}
	return refers
}

// metSince starts over when others have created records that could not be created here.
func (i *importing[E, D, C, P]) metSince(ctx context.Context, keys []string) error {
	met, err := i.r.keyed(ctx, i.tx, keys)
	if err != nil {
		return err
	}
	for _, line := range i.lines {
		if line.ID != nil && line.known == nil && len(line.Errors) == 0 {
			delete(met, line.row.Key)
		}
	}
	if len(met) > 0 {
		return fmt.Errorf("import of %s: %w", i.r.def.Name, shop.ErrRepeat)
	}
	return nil
}

// lookUp finds the records of the file and those that they refer to, with one query per
// resource.
func (i *importing[E, D, C, P]) lookUp(ctx context.Context) error {
	own := i.r.def.Name
	wanted := map[string]map[string]bool{own: {}}
	for n := range i.file.Rows {
		row := &i.file.Rows[n]
		wanted[own][row.Key] = true
		for _, ref := range row.Refs {
			if wanted[ref.Field.Reference] == nil {
				wanted[ref.Field.Reference] = map[string]bool{}
			}
			wanted[ref.Field.Reference][ref.Key] = true
		}
	}
	i.ids, i.creates, i.made = map[string]map[string]int64{own: {}}, map[string]*sheet.Row{}, map[int64]bool{}
	// Records that will not change are locked too: the answer shows them, and may be
	// remembered, so that an erasure has to wait until it is there to be erased.
	known, err := i.r.keyed(invariant.Holding(ctx), i.tx, slices.Sorted(maps.Keys(wanted[own])))
	if err != nil {
		return err
	}
	delete(wanted, own)
	for name, keys := range wanted {
		if i.ids[name], err = i.s.finders[name].idsOf(ctx, i.tx, slices.Sorted(maps.Keys(keys))); err != nil {
			return err
		}
	}
	for n := range i.file.Rows {
		row := &i.file.Rows[n]
		line := &importLine[E]{row: row, known: known[row.Key], ImportedRow: ImportedRow{Line: row.Line, Key: row.Key}}
		i.lines = append(i.lines, line)
		i.ids[own][row.Key] = toCome
		if line.known == nil && i.creates[row.Key] == nil {
			i.creates[row.Key] = row
		}
	}
	for key, row := range known {
		i.ids[own][key] = i.r.id(row)
	}
	return i.suggest(ctx)
}

// toCome stands for the id of a record that the file will create.
const toCome = 0

// keyed returns the living records with these natural keys.
func (r *resource[E, D, C, P]) keyed(ctx context.Context, tx *ent.Client, keys []string) (map[string]*E, error) {
	found := map[string]*E{}
	if len(keys) == 0 {
		return found, nil
	}
	q, err := listquery.Keyed(r.def, r.def.ImportKey, keys)
	if err != nil {
		return nil, fmt.Errorf("look up %s: %w", r.def.Name, err)
	}
	var rows []*E
	err = store.WithoutBitmaps(ctx, tx, func() (err error) {
		rows, err = r.list(store.Replan(invariant.WithDeleted(ctx)), tx, q) // the query itself excludes deleted records
		return err
	})
	if err != nil {
		return nil, err
	}
	for _, row := range rows {
		key, _ := r.value(row, r.def.ImportKey).(string)
		found[key] = row
	}
	return found, nil
}

// idsOf returns the ids of the living records with these natural keys.
func (r *resource[E, D, C, P]) idsOf(ctx context.Context, tx *ent.Client, keys []string) (map[string]int64, error) {
	rows, err := r.keyed(ctx, tx, keys)
	ids := make(map[string]int64, len(rows))
	for key, row := range rows {
		ids[key] = r.id(row)
	}
	return ids, err
}
