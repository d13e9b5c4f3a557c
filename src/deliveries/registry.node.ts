// The deliveries of the Node doors.
import type { DeliveryCard } from '../contract/delivery-plugin.ts';
import { http } from './http/delivery.node.ts';
import { path } from './path/delivery.ts';
import { stdout } from './stdout/delivery.ts';
import { stream } from './stream/delivery.ts';

export const deliveries: DeliveryCard[] = [path, http, stdout, stream];
