import type { ComponentType } from 'react';
import { offers, type ResourceDef } from '@/api/definitions';
import type { Session } from '@/session/session';
import { mayOf } from '@/session/session';
import { ResourceList } from '@/engine/list/ResourceList';
import { GenericRecord, GenericCreate } from '@/engine/form';

/** Pages written by hand for a resource; the engine draws what is not named here. */
export interface Pages {
  list?: ComponentType;
  record?: ComponentType;
  create?: ComponentType;
  menu?: 'hidden';
}

/** A page that belongs to no resource. */
export interface ExtraRoute {
  path: string;
  Page: ComponentType;
  permission?: string;
  menu?: { label: string; icon: string; group: string };
}

export const pages: Record<string, Pages> = {
  'order-items': { menu: 'hidden' },
};

export const routes: ExtraRoute[] = [];

/** The props of ra-core's Resource: only what the API offers and the person may do. */
export function pagesOf(def: ResourceDef, { me }: Session) {
  const own = pages[def.name] ?? {};
  const may = (action: string) => mayOf(me, `${def.name}:${action}`);
  return {
    list: offers(def, 'list') && may('read') ? (own.list ?? ResourceList) : undefined,
    edit: offers(def, 'get') && may('read') ? (own.record ?? GenericRecord) : undefined,
    create: offers(def, 'create') && may('create') ? (own.create ?? GenericCreate) : undefined,
  };
}
