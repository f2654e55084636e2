-- What the telephone numbers are found by: phone.Digits in SQL
UPDATE `customers` SET `phone_digits` = (
  WITH RECURSIVE `read` (`kept`) AS (
    SELECT replace(`phone`, '(0)', '')
    UNION ALL
    SELECT replace(`kept`, substr(ltrim(`kept`, '+0123456789'), 1, 1), '') FROM `read` WHERE ltrim(`kept`, '+0123456789') <> ''
  ), `number` (`abroad`, `digits`) AS (
    SELECT `kept` LIKE '+%' OR replace(`kept`, '+', '') LIKE '00%', ltrim(replace(`kept`, '+', ''), '0')
    FROM `read` WHERE ltrim(`kept`, '+0123456789') = ''
  ), `parted` (`digits`, `code`) AS (
    SELECT `digits`, CASE
      WHEN NOT `abroad` THEN 0
      WHEN `digits` GLOB '[17]*' THEN 1
      WHEN `digits` GLOB '2[07]*' OR `digits` GLOB '3[0-469]*' OR `digits` GLOB '4[013-9]*' OR `digits` GLOB '5[1-8]*'
        OR `digits` GLOB '6[0-6]*' OR `digits` GLOB '8[1246]*' OR `digits` GLOB '9[0-58]*' THEN 2
      ELSE 3 END FROM `number`
  )
  SELECT NULLIF(substr(`digits`, 1, `code`) || ltrim(substr(`digits`, `code` + 1), '0'), '') FROM `parted`
) WHERE `phone` GLOB '*[0-9]*';
