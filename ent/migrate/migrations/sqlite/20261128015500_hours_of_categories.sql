-- Make the summaries anew, now with the hours of categories: reports read the orders until then
DELETE FROM `sales_slots`;
DELETE FROM `product_sales`;
DELETE FROM `category_sales`;
DELETE FROM `product_filings`;
DELETE FROM `event_gaps`;
DELETE FROM `tallies`;
UPDATE `checkpoints` SET `position` = 0, `runs` = `runs` + 1 WHERE `name` = 'sales';
