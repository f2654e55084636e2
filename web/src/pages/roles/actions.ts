/** What may be done to most resources, in the order in which screens name it. */
export const common = ['read', 'create', 'update', 'delete'];

/** Puts actions into that order, all others after them. */
export const inOrder = (actions: string[]) => [...common.filter((action) => actions.includes(action)), ...actions.filter((action) => !common.includes(action))];
