import type { SvgIconComponent } from '@mui/icons-material';
import Category from '@mui/icons-material/AccountTreeOutlined';
import Customer from '@mui/icons-material/PeopleAltOutlined';
import Movement from '@mui/icons-material/SwapVert';
import Item from '@mui/icons-material/FormatListBulleted';
import Order from '@mui/icons-material/Inventory2Outlined';
import Product from '@mui/icons-material/SellOutlined';
import Home from '@mui/icons-material/HomeOutlined';
import Cart from '@mui/icons-material/ShoppingCartOutlined';
import Staff from '@mui/icons-material/BadgeOutlined';
import Role from '@mui/icons-material/ShieldOutlined';
import Token from '@mui/icons-material/KeyOutlined';
import Audit from '@mui/icons-material/HistoryOutlined';
import Receive from '@mui/icons-material/MoveToInboxOutlined';
import Count from '@mui/icons-material/FactCheckOutlined';
import Supplier from '@mui/icons-material/LocalShippingOutlined';
import Tag from '@mui/icons-material/LabelOutlined';
import Document from '@mui/icons-material/DescriptionOutlined';
import Other from '@mui/icons-material/DatasetOutlined';

const icons: Record<string, SvgIconComponent> = {
  category: Category, customer: Customer, movement: Movement, item: Item, order: Order, product: Product, home: Home,
  cart: Cart, staff: Staff, role: Role, token: Token, audit: Audit, receive: Receive, count: Count, supplier: Supplier, tag: Tag, document: Document,
};

/** The icon that a definition names, or a plain one if the name is unknown. */
export function ResourceIcon({ name }: { name: string }) {
  const Icon = icons[name] ?? Other;
  return <Icon aria-hidden />;
}
