package invariant

import (
	"context"

	"entgo.io/ent/dialect/sql"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/ent/intercept"
	"github.com/storekeeper/storekeeper/internal/access"
)

// fieldStaffID is the field that holds the owner of a record.
const fieldStaffID = "staff_id"

// OwnOnly shows people only their own records, by staff_id, unless they have the
// permission.
func OwnOnly(unless access.Permission) ent.Interceptor {
	return intercept.TraverseFunc(func(ctx context.Context, q intercept.Query) error {
		if v := access.From(ctx); !v.Can(unless) {
			q.WhereP(belongsTo(v))
		}
		return nil
	})
}

// OwnChanges lets people change and delete only their own records, unless they have the
// permission.
func OwnChanges(unless access.Permission) ent.Hook {
	return on(func(ctx context.Context, m conditional, next proceed) (ent.Value, error) {
		if v := access.From(ctx); !m.Op().Is(ent.OpCreate) && !v.Can(unless) {
			m.WhereP(belongsTo(v))
		}
		return next(ctx)
	})
}

func belongsTo(v *access.Viewer) func(*sql.Selector) {
	var id int64
	if v != nil {
		id = v.StaffID
	}
	return sql.FieldEQ(fieldStaffID, id)
}
