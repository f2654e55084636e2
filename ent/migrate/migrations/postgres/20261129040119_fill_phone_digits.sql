-- What the telephone numbers are found by: phone.Digits in SQL. In a file of its own, so that nobody
-- who reads waits for it
UPDATE "customers" SET "phone_digits" = NULLIF(CASE WHEN "number"."abroad" THEN regexp_replace("number"."digits",
  '^([17]|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]|(?:2[1-689]|3[578]|42|5[09]|6[7-9]|8[035789]|9[679])[0-9])0+', '\1')
  ELSE "number"."digits" END, '')
FROM (
  SELECT "id", "kept" LIKE '+%' OR replace("kept", '+', '') LIKE '00%' AS "abroad", ltrim(replace("kept", '+', ''), '0') AS "digits"
  FROM (SELECT "id", regexp_replace(replace("phone", '(0)', ''), '[^0-9+]', '', 'g') AS "kept" FROM "customers" WHERE "phone" ~ '[0-9]') AS "read"
) AS "number" WHERE "number"."id" = "customers"."id";
