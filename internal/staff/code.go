package staff

import (
	"context"
	"crypto/subtle"
	"fmt"
	"strings"

	"github.com/pquerna/otp"
	"github.com/pquerna/otp/hotp"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/ent/recoverycode"
	entstaff "github.com/storekeeper/storekeeper/ent/staff"
	"github.com/storekeeper/storekeeper/internal/access"
	"github.com/storekeeper/storekeeper/internal/secret"
)

// skew is how many codes before and after the current one are accepted, for clocks that are
// wrong (see RFC 6238, sections 5.2 and 6).
const skew = 1

// farAhead is a number of steps by which servers' clocks never differ: ten minutes.
const farAhead = 10 * 60 / period

// takeCode accepts a code of the authenticator or a recovery code, and makes it invalid.
func (s *Service) takeCode(ctx context.Context, tx *ent.Client, m *ent.Staff, code string) error {
	code = strings.ReplaceAll(strings.TrimSpace(code), " ", "")
	if len(code) != digits {
		n, err := tx.RecoveryCode.Delete().
			Where(recoverycode.StaffID(m.ID), recoverycode.CodeHash(secret.HashCode(code))).Exec(access.System(ctx))
		if err != nil {
			return fmt.Errorf("take a recovery code: %w", err)
		}
		if n == 0 {
			return errWrongCode()
		}
		return nil
	}
	if m.TotpSecret == nil {
		return errWrongCode()
	}
	step, ok := s.stepOf(*m.TotpSecret, code)
	if !ok {
		return errWrongCode()
	}
	// The condition decides, not what was read before: of two requests with the same code,
	// one succeeds. A step far in the future was stored while the server's clock was wrong.
	// Without the second condition it would lock the member out until then.
	fresh := entstaff.Or(entstaff.TotpStepLT(step), entstaff.TotpStepGT(step+farAhead))
	err := tx.Staff.UpdateOneID(m.ID).Where(fresh).SetTotpStep(step).Exec(self(ctx, m))
	if ent.IsNotFound(err) {
		return errWrongCode()
	}
	if err != nil {
		return fmt.Errorf("take a code: %w", err)
	}
	return nil
}

// stepOf returns the time step that the code belongs to, and whether it is one of those
// accepted now.
func (s *Service) stepOf(key, code string) (int64, bool) {
	now := s.now().Unix() / period
	found, ok := int64(0), false
	for step := now - skew; step <= now+skew; step++ {
		options := hotp.ValidateOpts{Digits: digits, Algorithm: otp.AlgorithmSHA1}
		want, err := hotp.GenerateCodeCustom(key, uint64(step), options) //nolint:gosec // a time after 1970
		if err == nil && subtle.ConstantTimeCompare([]byte(want), []byte(code)) == 1 {
			found, ok = step, true
		}
	}
	return found, ok
}
