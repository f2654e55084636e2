package seed

import (
	"cmp"
	"math"

	"github.com/storekeeper/storekeeper/internal/shop"
)

// task is something that is going to happen.
type task struct {
	at  moment
	seq int64 // of two at the same moment the earlier planned comes first
	do  taskKind

	order    int64            // transition, remark, comeback
	from, to shop.OrderStatus // transition
	lines    []soldLine       // transition to cancelled
	note     string
	actor    shop.Actor

	product  int   // delivery, comeback
	quantity int64 // delivery, comeback
}

type taskKind int

const (
	transition taskKind = iota + 1 // an order changes its state
	remark                         // somebody notes something on an order
	delivery                       // ordered goods come in
	comeback                       // a customer sends something back
)

// soldLine is a line of an order, which a cancellation puts back.
type soldLine struct {
	item     int64
	product  int
	quantity int64
}

// agenda holds the tasks to come in a binary heap, the earliest first.
type agenda struct {
	tasks   []task
	planned int64
}

func (a *agenda) add(t task) {
	a.planned++
	t.seq = a.planned
	a.tasks = append(a.tasks, t)
	for i := len(a.tasks) - 1; i > 0; {
		parent := (i - 1) / 2
		if !a.before(i, parent) {
			return
		}
		a.tasks[i], a.tasks[parent] = a.tasks[parent], a.tasks[i]
		i = parent
	}
}

// never is later than every moment.
const never = moment(math.MaxInt64)

// next returns the moment of the first task, or never when there is none.
func (a *agenda) next() moment {
	if len(a.tasks) == 0 {
		return never
	}
	return a.tasks[0].at
}

func (a *agenda) take() task {
	first, last := a.tasks[0], len(a.tasks)-1
	a.tasks[0] = a.tasks[last]
	a.tasks[last] = task{}
	a.tasks = a.tasks[:last]
	for i := 0; ; {
		least := i
		for _, child := range [2]int{2*i + 1, 2*i + 2} {
			if child < last && a.before(child, least) {
				least = child
			}
		}
		if least == i {
			return first
		}
		a.tasks[i], a.tasks[least] = a.tasks[least], a.tasks[i]
		i = least
	}
}

func (a *agenda) before(i, j int) bool {
	x, y := &a.tasks[i], &a.tasks[j]
	return cmp.Or(cmp.Compare(x.at, y.at), cmp.Compare(x.seq, y.seq)) < 0
}
