package staff

import (
	"bytes"
	"context"
	"fmt"
	"image/png"

	"github.com/pquerna/otp/totp"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/ent/recoverycode"
	entstaff "github.com/storekeeper/storekeeper/ent/staff"
	"github.com/storekeeper/storekeeper/internal/access"
	"github.com/storekeeper/storekeeper/internal/invariant"
	"github.com/storekeeper/storekeeper/internal/secret"
	"github.com/storekeeper/storekeeper/internal/shop"
)

const (
	issuer        = "Storekeeper"
	period        = 30 // seconds
	digits        = 6
	recoveryCodes = 10
	qrSize        = 256 // pixels
)

// Enrolment is what an authenticator needs to be set up.
type Enrolment struct {
	Secret string
	URL    string // otpauth://
	QR     []byte // of the URL, PNG
}

// EnrolTOTP makes a secret for the authenticator of whoever is signed in (TOTP, RFC 6238).
// The second factor is on only after a code has confirmed that the authenticator has the
// secret; until then each call makes another secret. It asks for the password, because an
// open session must not be enough.
func (s *Service) EnrolTOTP(ctx context.Context, password string) (*Enrolment, error) {
	m, err := s.withPassword(ctx, "password", password)
	if err != nil {
		return nil, err
	}
	key, err := totp.Generate(totp.GenerateOpts{Issuer: issuer, AccountName: m.Email, Period: period, Digits: digits})
	if err != nil {
		return nil, fmt.Errorf("make a secret: %w", err)
	}
	picture, err := key.Image(qrSize, qrSize)
	if err != nil {
		return nil, fmt.Errorf("draw the secret: %w", err)
	}
	var qr bytes.Buffer
	if err := png.Encode(&qr, picture); err != nil {
		return nil, fmt.Errorf("draw the secret: %w", err)
	}
	err = s.own(ctx, func(ctx context.Context, tx *ent.Client, m *ent.Staff) error {
		if m.TotpEnabled {
			return shop.Conflictf("a second factor is enrolled already: disable it first")
		}
		return tx.Staff.UpdateOneID(m.ID).SetTotpSecret(key.Secret()).Exec(ctx)
	})
	if err != nil {
		return nil, err
	}
	return &Enrolment{Secret: key.Secret(), URL: key.URL(), QR: qr.Bytes()}, nil
}

// ConfirmTOTP turns the second factor on, given a code of the authenticator, and returns
// the recovery codes, which are never shown again. Hooks end the member's sessions, because
// those had no second factor; a new one begins.
func (s *Service) ConfirmTOTP(ctx context.Context, code string) (*SignedIn, []string, error) {
	codes := make([]string, recoveryCodes)
	for i := range codes {
		codes[i] = secret.Code()
	}
	signed, err := s.anew(ctx, func(ctx context.Context, tx *ent.Client, m *ent.Staff) error {
		if m.TotpEnabled || m.TotpSecret == nil {
			return shop.Conflictf("no second factor is waiting to be confirmed: enrol one first")
		}
		step, ok := s.stepOf(*m.TotpSecret, code)
		if !ok {
			return shop.Invalidf("code", "does not fit: compare the clocks and try the next one")
		}
		if err := tx.Staff.UpdateOneID(m.ID).SetTotpEnabled(true).SetTotpStep(step).Exec(ctx); err != nil {
			return fmt.Errorf("turn the second factor on: %w", err)
		}
		m.TotpEnabled = true
		return replaceCodes(ctx, tx, m.ID, codes)
	})
	if err != nil {
		return nil, nil, err
	}
	return signed, codes, nil
}

// DisableTOTP turns the second factor off and makes the recovery codes invalid. Hooks end
// the member's sessions; a new one begins.
func (s *Service) DisableTOTP(ctx context.Context, password string) (*SignedIn, error) {
	if _, err := s.withPassword(ctx, "password", password); err != nil {
		return nil, err
	}
	return s.anew(ctx, func(ctx context.Context, tx *ent.Client, m *ent.Staff) error {
		if !m.TotpEnabled {
			return shop.Conflictf("no second factor is turned on")
		}
		m.TotpEnabled = false
		return removeTOTP(ctx, tx, m.ID)
	})
}

// RemoveTOTP removes the second factor, if there is one, of another member who has lost it.
// Hooks end their sessions and links, and refuse a viewer who may do less than the member
// (KindForbidden). Members turn their own off with DisableTOTP, which asks for the
// password.
func RemoveTOTP(ctx context.Context, tx *ent.Client, staffID int64) error {
	if v := access.From(ctx); v != nil && v.StaffID == staffID {
		return shop.Errorf(shop.KindForbidden, "your own second factor is turned off with your password, in your profile")
	}
	m, err := tx.Staff.Query().Where(entstaff.ID(staffID), invariant.Exclusive).Only(ctx)
	if ent.IsNotFound(err) {
		return shop.NotFound("staff member", staffID)
	}
	if err != nil {
		return fmt.Errorf("look up the member: %w", err)
	}
	if !m.TotpEnabled {
		return nil
	}
	return removeTOTP(ctx, tx, staffID)
}

// removeTOTP removes a member's second factor. Hooks end their sessions and links.
func removeTOTP(ctx context.Context, tx *ent.Client, id int64) error {
	if err := tx.Staff.UpdateOneID(id).SetTotpEnabled(false).ClearTotpSecret().Exec(ctx); err != nil {
		return fmt.Errorf("turn the second factor off: %w", err)
	}
	return replaceCodes(ctx, tx, id, nil)
}

// replaceCodes replaces the member's recovery codes by these.
func replaceCodes(ctx context.Context, tx *ent.Client, id int64, codes []string) error {
	ctx = access.System(ctx)
	if _, err := tx.RecoveryCode.Delete().Where(recoverycode.StaffID(id)).Exec(ctx); err != nil {
		return fmt.Errorf("void recovery codes: %w", err)
	}
	rows := make([]*ent.RecoveryCodeCreate, len(codes))
	for i, code := range codes {
		rows[i] = tx.RecoveryCode.Create().SetStaffID(id).SetCodeHash(secret.HashCode(code))
	}
	if err := tx.RecoveryCode.CreateBulk(rows...).Exec(ctx); err != nil {
		return fmt.Errorf("keep recovery codes: %w", err)
	}
	return nil
}
