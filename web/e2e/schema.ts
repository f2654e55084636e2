import type { Page } from '@playwright/test';

type Field = { name: string } & Record<string, unknown>;
type Resource = { name: string; fields: Field[] } & Record<string, unknown>;

/** Serves the definitions as if a developer had changed the schema; change gets the fields of a resource by its name. */
export async function withSchema(page: Page, change: (fieldsOf: (resource: string) => Field[], resources: Resource[]) => void) {
  await page.route('**/api/v1/schema', async (route) => {
    const response = await route.fetch();
    const schema = await response.json() as { resources: Resource[] };
    change((resource) => schema.resources.find(({ name }) => name === resource)!.fields, schema.resources);
    await route.fulfill({ response, json: schema });
  });
}
