package limit

import (
	"context"
	"net/http"
	"strconv"

	"github.com/gin-gonic/gin"
	"github.com/jackc/pgx/v5/pgxpool"
)

// Postgres serves the operations from PostgreSQL. The function cursor returns the cursor of
// the page that follows a product.
func Postgres(pool *pgxpool.Pool, cursor func(id int64) string) http.Handler {
	r := router(func(ctx context.Context, customer int64) (*Order, error) {
		return place(ctx, pool, customer)
	})
	r.GET("/api/v1/products/:id", func(c *gin.Context) {
		answer(c, http.StatusOK, func(id int64) (*Product, error) { return product(c.Request.Context(), pool, id) })
	})
	r.GET("/api/v1/products", func(c *gin.Context) {
		page, err := products(c.Request.Context(), pool, c.Query("count") != "none", cursor)
		write(c, http.StatusOK, page, err)
	})
	return r
}

// SQLite serves checkout from SQLite.
func SQLite(lite *Lite) http.Handler { return router(lite.Place) }

func router(place func(ctx context.Context, customer int64) (*Order, error)) *gin.Engine {
	gin.SetMode(gin.ReleaseMode)
	r := gin.New()
	r.POST("/api/v1/customers/:id/checkout", func(c *gin.Context) {
		answer(c, http.StatusCreated, func(id int64) (*Order, error) { return place(c.Request.Context(), id) })
	})
	return r
}

func answer[B any](c *gin.Context, status int, do func(id int64) (*B, error)) {
	id, err := strconv.ParseInt(c.Param("id"), 10, 64)
	if err != nil {
		write[B](c, status, nil, err)
		return
	}
	body, err := do(id)
	write(c, status, body, err)
}

func write[B any](c *gin.Context, status int, body *B, err error) {
	if err != nil {
		c.String(http.StatusInternalServerError, err.Error())
		return
	}
	c.PureJSON(status, body)
}
