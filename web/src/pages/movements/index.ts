export { MovementList } from './MovementList';
