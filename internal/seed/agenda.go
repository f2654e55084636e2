package seed

import (
	"cmp"
	"container/heap"
	"math"
	"slices"

	"github.com/storekeeper/storekeeper/internal/shop"
)

// task is something that will happen.
type task struct {
	at  moment
	seq int64 // of two tasks at the same moment, the one added first comes first
	do  taskKind

	order    int64            // transition, remark, comeback
	from, to shop.OrderStatus // transition
	lines    []soldLine       // transition to cancelled, comeback
	note     string
	actor    shop.Actor

	product  int   // delivery
	quantity int64 // delivery
}

type taskKind int

const (
	transition taskKind = iota + 1 // an order changes its state
	remark                         // somebody notes something on an order
	delivery                       // ordered goods arrive
	comeback                       // a customer sends something back
)

// soldLine is a line of an order, which a cancellation or a return puts back into stock.
type soldLine struct {
	item     int64
	product  int
	quantity int64
}

// agenda holds the tasks to come, the earliest first. It implements heap.Interface.
type agenda struct {
	tasks   []*task
	planned int64
}

func (a *agenda) add(t task) {
	a.planned++
	t.seq = a.planned
	heap.Push(a, &t)
}

func (a *agenda) take() *task { return heap.Pop(a).(*task) } //nolint:forcetypeassert // nothing else is in it

// never is later than every moment.
const never = moment(math.MaxInt64)

// next returns the moment of the first task, or never when there is none.
func (a *agenda) next() moment {
	if len(a.tasks) == 0 {
		return never
	}
	return a.tasks[0].at
}

func (a *agenda) Len() int      { return len(a.tasks) }
func (a *agenda) Swap(i, j int) { a.tasks[i], a.tasks[j] = a.tasks[j], a.tasks[i] }
func (a *agenda) Push(t any)    { a.tasks = append(a.tasks, t.(*task)) } //nolint:forcetypeassert // add pushes tasks only

func (a *agenda) Less(i, j int) bool {
	x, y := a.tasks[i], a.tasks[j]
	return cmp.Or(cmp.Compare(x.at, y.at), cmp.Compare(x.seq, y.seq)) < 0
}

func (a *agenda) Pop() any {
	last := len(a.tasks) - 1
	t := a.tasks[last]
	a.tasks = slices.Delete(a.tasks, last, last+1)
	return t
}
