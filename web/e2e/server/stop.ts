import { stop } from './serve';
import { readState } from './state';

export default () => stop(readState());
