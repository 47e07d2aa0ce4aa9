-- What is sorted or compared by range has the collation "C", so that a page of names is the same on both databases.

-- Settings and plumbing ------------------------------------------------------------------------------------------------------

create table setting (
    name text primary key,
    value text not null,
    changed_at timestamptz not null,
    changed_by text not null,
    changed_by_id uuid
);

create table data_protection_key (
    id uuid primary key,
    name text not null,
    xml text not null,
    created_at timestamptz not null
);

create table counter (
    name text primary key,
    value bigint not null
);

-- Catalogue -------------------------------------------------------------------------------------------------------------------

create table category (
    id uuid primary key,
    code text not null unique,
    parent_id uuid references category (id) deferrable initially deferred,
    name text not null,
    position integer not null
);
create index ix_category_parent on category (parent_id);

create table picture (
    name text primary key,
    content_type text not null,
    digest text not null,
    bytes bytea not null
);

create table product (
    id uuid primary key,
    sku text collate "C" not null unique,
    name text not null,
    description text not null,
    category_id uuid references category (id) deferrable initially deferred,
    model text,
    color text,
    size text,
    weight_milligrams bigint,
    cost_minor bigint,
    price_minor bigint not null,
    price_per integer not null check (price_per in (1, 10, 100, 1000)),
    currency char(3) not null,
    tax_class text not null,
    picture_name text,
    status text not null,
    sort_name text collate "C" not null,
    unit text not null default 'piece',
    pack_thousandths bigint not null default 1000 check (pack_thousandths > 0),
    min_thousandths bigint,
    max_thousandths bigint,
    replaced_by_id uuid references product (id) deferrable initially deferred,
    kind text not null default 'physical',
    version integer not null
);

-- Each list of the catalogue reads one of these in its order: by name, number, price of a thousand units; of a category or of all.
create index ix_product_category_name on product (category_id, sort_name, sku) where status = 'active';
create index ix_product_category_sku on product (category_id, sku) where status = 'active';
create index ix_product_category_price on product (category_id, (price_minor * (1000 / price_per)), sku) where status = 'active';
create index ix_product_name on product (sort_name, sku) where status = 'active';
create index ix_product_price on product ((price_minor * (1000 / price_per)), sku) where status = 'active';
create index ix_product_category_newest on product (category_id, id) where status = 'active';
create index ix_product_color on product (color, category_id) where status = 'active' and color is not null;
create index ix_product_size on product (size, category_id) where status = 'active' and size is not null;
create index ix_product_model on product (model, sort_name, sku) where status = 'active' and model is not null;
create index ix_product_replaced_by on product (replaced_by_id) where replaced_by_id is not null;

-- Further pictures of an article, and articles that go with it, each in the order in which they are shown.
create table product_picture (
    product_id uuid not null references product (id) on delete cascade deferrable initially deferred,
    picture_name text collate "C" not null references picture (name) deferrable initially deferred,
    position integer not null,
    primary key (product_id, picture_name)
);

create table product_related (
    product_id uuid not null references product (id) on delete cascade deferrable initially deferred,
    related_id uuid not null references product (id) on delete cascade deferrable initially deferred,
    position integer not null,
    primary key (product_id, related_id),
    check (product_id <> related_id)
);
create index ix_product_related_related on product_related (related_id);

create table product_text (
    product_id uuid not null references product (id) on delete cascade deferrable initially deferred,
    language text not null,
    name text,
    description text,
    primary key (product_id, language)
);

-- What is in the warehouse, and what of it is promised to orders. An article without a row is not counted.
create table stock (
    product_id uuid primary key references product (id) on delete cascade deferrable initially deferred,
    on_hand_thousandths bigint not null check (on_hand_thousandths >= 0),
    reserved_thousandths bigint not null check (reserved_thousandths >= 0),
    back_on timestamptz
);

-- Files that are sold: they lie in the folder `downloads` under the digest of their content.
create table product_file (
    id uuid primary key,
    product_id uuid not null references product (id) deferrable initially deferred,
    name text not null,
    digest text not null,
    size_bytes bigint not null,
    added_at timestamptz not null,
    removed_at timestamptz
);
create index ix_product_file_product on product_file (product_id);

create table product_word (
    word text collate "C" not null,
    product_id uuid not null references product (id) on delete cascade deferrable initially deferred,
    weight integer not null,
    primary key (product_id, word) include (weight)
);
create index ix_product_word_rank on product_word (word, weight desc, product_id);

-- Distinct words of a search, for typing errors: kind is 'product' or 'customer'.
create table search_term (
    kind text not null,
    term text collate "C" not null,
    primary key (kind, term)
);

-- Whoever asks for the word also finds what has the other.
create table search_synonym (
    word text collate "C" not null,
    means text collate "C" not null,
    primary key (word, means)
);

-- What of the catalogue is there for somebody: categories with all below them, single articles, and articles that are left out all the same. products: how many of
-- them are sold.
create table assortment (
    id uuid primary key,
    code text not null unique,
    name text not null,
    products integer not null,
    changed_at timestamptz not null,
    changed_by text not null,
    version integer not null
);

-- kind: 'category', 'article' or 'without'.
create table assortment_entry (
    id uuid primary key,
    assortment_id uuid not null references assortment (id) on delete cascade deferrable initially deferred,
    kind text not null,
    category_id uuid references category (id) deferrable initially deferred,
    product_id uuid references product (id) on delete cascade deferrable initially deferred,
    check ((kind = 'category') = (category_id is not null)),
    check ((category_id is null) <> (product_id is null))
);
create unique index ux_assortment_entry_category on assortment_entry (assortment_id, category_id) where category_id is not null;
create unique index ux_assortment_entry_product on assortment_entry (assortment_id, product_id) where product_id is not null;
create index ix_assortment_entry_product on assortment_entry (product_id) where product_id is not null;
create index ix_assortment_entry_category on assortment_entry (category_id) where category_id is not null;

-- What an assortment holds, kept from its entries, with what the lists of the catalogue are ordered by: they read these as they read the articles themselves.
create table assortment_product (
    assortment_id uuid not null references assortment (id) on delete cascade deferrable initially deferred,
    product_id uuid not null references product (id) on delete cascade deferrable initially deferred,
    category_id uuid,
    status text not null,
    sort_name text collate "C" not null,
    sku text collate "C" not null,
    price_minor bigint not null,
    price_per integer not null,
    primary key (assortment_id, product_id)
);
create index ix_assortment_product_category_name on assortment_product (assortment_id, category_id, sort_name, sku) where status = 'active';
create index ix_assortment_product_category_sku on assortment_product (assortment_id, category_id, sku) where status = 'active';
create index ix_assortment_product_category_price on assortment_product (assortment_id, category_id, (price_minor * (1000 / price_per)), sku) where status = 'active';
create index ix_assortment_product_category_newest on assortment_product (assortment_id, category_id, product_id) where status = 'active';
create index ix_assortment_product_name on assortment_product (assortment_id, sort_name, sku) where status = 'active';
create index ix_assortment_product_sku on assortment_product (assortment_id, sku) where status = 'active';
create index ix_assortment_product_price on assortment_product (assortment_id, (price_minor * (1000 / price_per)), sku) where status = 'active';
create index ix_assortment_product_product on assortment_product (product_id);

-- Prices ----------------------------------------------------------------------------------------------------------------------

create table price_list (
    id uuid primary key,
    code text not null unique,
    name text not null,
    currency char(3) not null,
    source text not null,
    for_everybody boolean not null,
    percent_millionths integer,
    valid_from timestamptz,
    valid_until timestamptz,
    version integer not null
);

create index ix_price_list_everybody on price_list (currency) where for_everybody;

create table price (
    price_list_id uuid not null references price_list (id) deferrable initially deferred,
    product_id uuid not null references product (id) deferrable initially deferred,
    min_quantity_thousandths bigint not null,
    price_minor bigint not null,
    price_per integer not null,
    primary key (price_list_id, product_id, min_quantity_thousandths)
);
create index ix_price_product on price (product_id);

-- Percentages off the base price in a category and those below it.
create table price_list_discount (
    price_list_id uuid not null references price_list (id) deferrable initially deferred,
    category_id uuid not null references category (id) deferrable initially deferred,
    percent_millionths integer not null,
    primary key (price_list_id, category_id)
);

create table tax_rate (
    country text not null,
    region text not null,
    tax_class text not null,
    rate_millionths integer not null,
    primary key (country, region, tax_class)
);

create table shipping_method (
    code text primary key,
    name text not null,
    countries text not null,
    price_minor bigint not null,
    currency char(3) not null,
    free_from_minor bigint,
    most_milligrams bigint
);

create table shipping_rate (
    method_code text not null references shipping_method (code) on delete cascade deferrable initially deferred,
    countries text not null,
    region text not null,
    from_milligrams bigint not null,
    from_minor bigint not null,
    price_minor bigint not null,
    primary key (method_code, countries, region, from_milligrams, from_minor)
);

create table payment_method (
    code text primary key,
    is_on boolean not null,
    countries text not null,
    customers text not null
);

-- People ----------------------------------------------------------------------------------------------------------------------

create table staff (
    id uuid primary key,
    email text not null,
    email_normalized text not null unique,
    first_name text not null,
    last_name text not null,
    role text not null,
    staff_group text,
    commission_percent_millionths integer not null,
    access_all_customers boolean not null,
    may_adjust_prices boolean not null,
    may_create_customers boolean not null,
    status text not null,
    password_hash text,
    security_stamp text not null,
    failed_count integer not null,
    lockout_end timestamptz,
    invited_at timestamptz,
    created_at timestamptz not null,
    version integer not null,
    language text
);

create table company (
    id uuid primary key,
    number text not null unique,
    external_id text,
    name text not null,
    sort_name text collate "C" not null,
    parent_id uuid references company (id) deferrable initially deferred,
    country text,
    language text,
    currency char(3) not null,
    contract_number text,
    segment text,
    tax_id text,
    order_email text,
    kind text not null default 'customer',
    status text not null,
    price_list_id uuid references price_list (id) deferrable initially deferred,
    sales_rep_id uuid references staff (id) deferrable initially deferred,
    order_count integer not null,
    last_order_at timestamptz,
    created_at timestamptz not null,
    version integer not null,
    session_id uuid,
    audit_event_id uuid
);
create index ix_company_sort on company (sort_name, id);
create index ix_company_country on company (country, sort_name, id, segment, status);
create index ix_company_segment on company (segment, sort_name, id, country, status) where segment is not null;
create index ix_company_status on company (status, sort_name, id, country, segment);
create index ix_company_parent on company (parent_id);
create index ix_company_external on company (external_id);
create index ix_company_tax on company (tax_id) where tax_id is not null;

create sequence customer_number;

-- What was changed of a company: its status with the reason, and every other field. Without a staff member the import did it.
create table company_change (
    id uuid primary key,
    company_id uuid not null references company (id) deferrable initially deferred,
    field text not null,
    before text,
    after text,
    reason text,
    staff_id uuid references staff (id) deferrable initially deferred,
    changed_at timestamptz not null
);
create index ix_company_change on company_change (company_id, changed_at, id);

create table staff_assignment (
    staff_id uuid not null references staff (id) deferrable initially deferred,
    company_id uuid not null references company (id) deferrable initially deferred,
    assigned_at timestamptz not null,
    until timestamptz,
    primary key (staff_id, company_id)
);
create index ix_staff_assignment_company on staff_assignment (company_id);

create table buyer (
    id uuid primary key,
    email text not null,
    email_normalized text not null unique,
    title text,
    first_name text not null,
    last_name text not null,
    phone text,
    external_id text,
    status text not null,
    password_hash text,
    security_stamp text not null,
    failed_count integer not null,
    lockout_end timestamptz,
    invited_at timestamptz,
    created_at timestamptz not null,
    version integer not null,
    language text,
    session_id uuid,
    audit_event_id uuid
);
create index ix_buyer_external on buyer (external_id);
create index ix_buyer_closed on buyer (id) where status = 'inactive';

-- A role that a company made itself; its rights are the bits that the program names.
create table company_role (
    id uuid primary key,
    company_id uuid not null references company (id) deferrable initially deferred,
    name text not null,
    name_key text not null,
    rights bigint not null,
    created_at timestamptz not null,
    version integer not null,
    unique (company_id, name_key)
);

-- A consumer is a membership in no company.
create table membership (
    id uuid primary key,
    buyer_id uuid not null references buyer (id) deferrable initially deferred,
    company_id uuid references company (id) deferrable initially deferred,
    role text not null,
    -- The role itself when it is one of the company's own (then the word is 'own').
    company_role_id uuid references company_role (id) deferrable initially deferred,
    status text not null,
    sort_name text collate "C" not null,
    created_at timestamptz not null,
    session_id uuid,
    audit_event_id uuid,
    check ((role = 'own') = (company_role_id is not null))
);
create unique index ux_membership_company on membership (buyer_id, company_id) where company_id is not null;
create unique index ux_membership_consumer on membership (buyer_id) where company_id is null;
create index ix_membership_company on membership (company_id, sort_name, id);
create index ix_membership_role on membership (company_role_id) where company_role_id is not null;
create index ix_membership_consumer on membership (sort_name, id) where company_id is null;

-- A company's own list of what its orders are booked on. Without a member it is open to all its people.
create table cost_centre (
    id uuid primary key,
    company_id uuid not null references company (id) deferrable initially deferred,
    code text not null,
    name text not null,
    is_active boolean not null,
    created_at timestamptz not null,
    version integer not null,
    unique (company_id, code)
);

create table cost_centre_member (
    cost_centre_id uuid not null references cost_centre (id) on delete cascade deferrable initially deferred,
    membership_id uuid not null references membership (id) on delete cascade deferrable initially deferred,
    primary key (cost_centre_id, membership_id)
);
create index ix_cost_centre_member_membership on cost_centre_member (membership_id);

-- How much may be ordered before the company has to approve: by a person, on a cost centre, or by all of it; in an order or a period.
create table budget (
    id uuid primary key,
    company_id uuid not null references company (id) deferrable initially deferred,
    membership_id uuid references membership (id) on delete cascade deferrable initially deferred,
    cost_centre_id uuid references cost_centre (id) on delete cascade deferrable initially deferred,
    period text not null,
    amount_minor bigint not null,
    currency char(3) not null,
    created_at timestamptz not null,
    version integer not null,
    check (membership_id is null or cost_centre_id is null)
);
create index ix_budget_company on budget (company_id);
create index ix_budget_membership on budget (membership_id) where membership_id is not null;

-- Who approves orders that wait: the first all of them, each further one those above an amount.
create table approver (
    company_id uuid not null references company (id) deferrable initially deferred,
    level integer not null,
    membership_id uuid not null references membership (id) on delete cascade deferrable initially deferred,
    above_minor bigint not null,
    currency char(3) not null,
    primary key (company_id, level)
);
create index ix_approver_membership on approver (membership_id);

create table approver_deputy (
    membership_id uuid primary key references membership (id) on delete cascade deferrable initially deferred,
    deputy_id uuid not null references membership (id) on delete cascade deferrable initially deferred,
    since timestamptz not null,
    until timestamptz not null
);
create index ix_approver_deputy on approver_deputy (deputy_id);

-- Words by which staff find a customer; membership_id is null where the word is the company's own.
create table customer_word (
    word text collate "C" not null,
    company_id uuid references company (id) on delete cascade deferrable initially deferred,
    membership_id uuid references membership (id) on delete cascade deferrable initially deferred,
    weight integer not null
);
create index ix_customer_word on customer_word (word, company_id, membership_id, weight);
create index ix_customer_word_company on customer_word (company_id, word, membership_id, weight);
create index ix_customer_word_membership on customer_word (membership_id, word);

create table address (
    id uuid primary key,
    company_id uuid references company (id) deferrable initially deferred,
    buyer_id uuid references buyer (id) deferrable initially deferred,
    label text,
    recipient text,
    line1 text not null,
    line2 text,
    city text not null,
    region text,
    postal_code text,
    country text not null,
    is_billing boolean not null,
    is_shipping boolean not null,
    by_others boolean not null default false,
    created_at timestamptz not null,
    version integer not null,
    session_id uuid,
    audit_event_id uuid,
    check ((company_id is null) <> (buyer_id is null))
);
create index ix_address_company on address (company_id) where company_id is not null;
create index ix_address_buyer on address (buyer_id) where buyer_id is not null;

-- Which address the checkout chooses first: of a company for all its people, or of one person in his place there.
create table address_choice (
    id uuid primary key,
    company_id uuid references company (id) deferrable initially deferred,
    membership_id uuid references membership (id) on delete cascade deferrable initially deferred,
    purpose text not null check (purpose in ('billing', 'shipping')),
    address_id uuid not null references address (id) on delete cascade deferrable initially deferred,
    session_id uuid,
    audit_event_id uuid,
    check ((company_id is null) <> (membership_id is null))
);
create unique index ix_address_choice_company on address_choice (company_id, purpose) where company_id is not null;
create unique index ix_address_choice_membership on address_choice (membership_id, purpose) where membership_id is not null;
create index ix_address_choice_address on address_choice (address_id);

create table customer_group (
    id uuid primary key,
    code text not null unique,
    name text not null,
    version integer not null
);

-- What a company, or a private customer, has agreed with the seller: exactly one of the two.
create table customer_terms (
    id uuid primary key,
    company_id uuid references company (id) deferrable initially deferred,
    membership_id uuid references membership (id) deferrable initially deferred,
    customer_group_id uuid references customer_group (id) deferrable initially deferred,
    exemption_number text,
    exemption_from timestamptz,
    exemption_until timestamptz,
    credit_approved boolean not null default false,
    shows_gross boolean not null default false,
    version integer not null,
    check ((company_id is null) <> (membership_id is null))
);
-- For whom a price list counts, beside the companies that name it as theirs.
create table price_list_company (
    price_list_id uuid not null references price_list (id) deferrable initially deferred,
    company_id uuid not null references company (id) deferrable initially deferred,
    primary key (price_list_id, company_id)
);
create index ix_price_list_company on price_list_company (company_id);

create table price_list_group (
    price_list_id uuid not null references price_list (id) deferrable initially deferred,
    customer_group_id uuid not null references customer_group (id) deferrable initially deferred,
    primary key (price_list_id, customer_group_id)
);
create index ix_price_list_group on price_list_group (customer_group_id);

create unique index ux_customer_terms_company on customer_terms (company_id) where company_id is not null;
create unique index ux_customer_terms_membership on customer_terms (membership_id) where membership_id is not null;
create index ix_customer_terms_group on customer_terms (customer_group_id) where customer_group_id is not null;

-- Who has which assortment: a company with all below it, a customer group, a country, or everybody.
create table assortment_assignment (
    id uuid primary key,
    assortment_id uuid not null references assortment (id) deferrable initially deferred,
    kind text not null,
    company_id uuid references company (id) deferrable initially deferred,
    customer_group_id uuid references customer_group (id) deferrable initially deferred,
    country text,
    check ((kind = 'company') = (company_id is not null)),
    check ((kind = 'group') = (customer_group_id is not null)),
    check ((kind = 'country') = (country is not null))
);
create unique index ux_assortment_assignment_company on assortment_assignment (company_id) where company_id is not null;
create unique index ux_assortment_assignment_group on assortment_assignment (customer_group_id) where customer_group_id is not null;
create unique index ux_assortment_assignment_country on assortment_assignment (country) where country is not null;
create unique index ux_assortment_assignment_everybody on assortment_assignment (kind) where kind = 'everybody';
create index ix_assortment_assignment_assortment on assortment_assignment (assortment_id);

-- Sign-ins and assisted sessions ------------------------------------------------------------------------------------------------

-- A sign-in of a staff member or of a buyer: exactly one of the two.
create table sign_in (
    id uuid primary key,
    staff_id uuid references staff (id) deferrable initially deferred,
    buyer_id uuid references buyer (id) deferrable initially deferred,
    membership_id uuid references membership (id) deferrable initially deferred,
    token_hash bytea not null unique,
    created_at timestamptz not null,
    last_seen_at timestamptz not null,
    idle_seconds integer not null,
    hard_ends_at timestamptz not null,
    ended_at timestamptz,
    end_cause text,
    device text,
    method text not null,
    proved_at timestamptz not null,
    second_factor_at timestamptz,
    provider_session text,
    check ((staff_id is null) <> (buyer_id is null))
);
create index ix_sign_in_staff on sign_in (staff_id, created_at) where staff_id is not null;
create index ix_sign_in_buyer on sign_in (buyer_id, created_at) where buyer_id is not null;
create index ix_sign_in_hard_end on sign_in (hard_ends_at);
create index ix_sign_in_browser on sign_in (hard_ends_at) where device is not null or provider_session is not null;
create index ix_sign_in_provider_session on sign_in (provider_session) where provider_session is not null;

-- Codes that were mailed to somebody: each works once.
create table one_time_code (
    id uuid primary key,
    purpose text not null,
    staff_id uuid references staff (id) deferrable initially deferred,
    buyer_id uuid references buyer (id) deferrable initially deferred,
    code_hash bytea not null unique,
    payload text,
    created_at timestamptz not null,
    expires_at timestamptz not null,
    used_at timestamptz,
    check ((staff_id is null) <> (buyer_id is null))
);
create index ix_one_time_code_staff on one_time_code (staff_id) where used_at is null;
create index ix_one_time_code_buyer on one_time_code (buyer_id) where used_at is null;
create index ix_one_time_code_expires on one_time_code (expires_at);

-- What a company lets a colleague, the seller's staff, or people of its dealer do for its people: a row for each version. Without a membership for all its people; without
-- an operator for all of the seller's staff. Days are bits from Sunday, 0 is every day.
create table assist_mandate (
    id uuid primary key,
    mandate_id uuid not null,
    version integer not null,
    company_id uuid not null references company (id) deferrable initially deferred,
    operator_membership_id uuid references membership (id) deferrable initially deferred,
    operator_staff_id uuid references staff (id) deferrable initially deferred,
    operator_company_id uuid references company (id) deferrable initially deferred,
    membership_id uuid references membership (id) deferrable initially deferred,
    highest text not null,
    rights bigint not null,
    days integer not null,
    until timestamptz,
    currency char(3) not null,
    per_order_minor bigint,
    per_month_minor bigint,
    approval_above_minor bigint,
    status text not null,
    created_at timestamptz not null,
    created_by_id uuid not null references buyer (id) deferrable initially deferred,
    created_by text not null,
    ended_at timestamptz,
    ended_by text,
    ended_by_id uuid,
    unique (mandate_id, version),
    check (num_nonnulls(operator_membership_id, operator_staff_id, operator_company_id) <= 1)
);
create index ix_assist_mandate_company on assist_mandate (company_id, status);

-- Second steps of staff: the app, and codes for when it is lost.
create table authenticator (
    staff_id uuid primary key references staff (id) deferrable initially deferred,
    secret text not null,
    last_step bigint not null,
    confirmed_at timestamptz not null
);

create table recovery_code (
    id uuid primary key,
    staff_id uuid not null references staff (id) deferrable initially deferred,
    code_hash bytea not null
);
create unique index ux_recovery_code on recovery_code (staff_id, code_hash);

create table passkey (
    id uuid primary key,
    staff_id uuid not null references staff (id) deferrable initially deferred,
    credential_id bytea not null unique,
    name text not null,
    public_key bytea not null,
    sign_count bigint not null,
    transports text,
    is_user_verified boolean not null,
    is_backup_eligible boolean not null,
    is_backed_up boolean not null,
    created_at timestamptz not null,
    used_at timestamptz
);
create index ix_passkey_staff on passkey (staff_id);

-- Staff who sign in by the external provider.
create table provider_link (
    issuer text not null,
    subject text not null,
    staff_id uuid not null references staff (id) deferrable initially deferred,
    linked_at timestamptz not null,
    primary key (issuer, subject)
);
create unique index ux_provider_link_staff on provider_link (staff_id, issuer);

-- Sign-ins that are not finished.
create table sign_in_step (
    id uuid primary key,
    token_hash bytea not null unique,
    kind text not null,
    staff_id uuid references staff (id) deferrable initially deferred,
    stamp text,
    method text,
    provider_session text,
    state text,
    return_url text,
    created_at timestamptz not null,
    expires_at timestamptz not null,
    used_at timestamptz
);
create index ix_sign_in_step_expires on sign_in_step (expires_at);

create table assisted_session (
    id uuid primary key,
    handle text not null unique,
    token_hash bytea not null unique,
    operator_staff_id uuid references staff (id) deferrable initially deferred,
    operator_buyer_id uuid references buyer (id) deferrable initially deferred,
    operator_membership_id uuid references membership (id) deferrable initially deferred,
    operator_sign_in_id uuid not null references sign_in (id) deferrable initially deferred,
    slot integer not null check (slot between 1 and 5),
    mandate_id uuid references assist_mandate (id) deferrable initially deferred,
    membership_id uuid references membership (id) deferrable initially deferred,
    buyer_id uuid references buyer (id) deferrable initially deferred,
    company_id uuid references company (id) deferrable initially deferred,
    mode text not null,
    raised_mode text,
    raised_until timestamptz,
    raise_reason text,
    narrowed integer not null,
    is_emergency boolean not null,
    reason_code text not null,
    reason_text text,
    ticket text,
    rule text not null,
    policy_version integer not null,
    rights bigint not null,
    -- The cart of a fast order, which comes into being with its first line.
    fast_order_cart_id uuid,
    return_path text not null,
    status text not null,
    started_at timestamptz not null,
    idle_seconds integer not null,
    hard_ends_at timestamptz not null,
    network text,
    browser text,
    ended_at timestamptz,
    end_cause text,
    check ((operator_staff_id is null) <> (operator_buyer_id is null)),
    check ((operator_buyer_id is null) = (operator_membership_id is null)),
    check (membership_id is not null or company_id is not null)
);
create unique index ux_assisted_session_operator_staff on assisted_session (operator_staff_id, slot) where status = 'active';
create unique index ux_assisted_session_operator_buyer on assisted_session (operator_buyer_id, slot) where status = 'active';
create index ix_assisted_session_membership on assisted_session (membership_id, started_at, id);
create index ix_assisted_session_buyer on assisted_session (buyer_id, started_at, id);
create index ix_assisted_session_company on assisted_session (company_id, started_at, id);
create index ix_assisted_session_sign_in on assisted_session (operator_sign_in_id);
create index ix_assisted_session_mandate on assisted_session (mandate_id) where mandate_id is not null;
create index ix_assisted_session_operator on assisted_session (operator_staff_id, started_at);
create index ix_assisted_session_fast_order on assisted_session (fast_order_cart_id) where fast_order_cart_id is not null;
create index ix_assisted_session_text on assisted_session (ended_at) where reason_text is not null or raise_reason is not null or ticket is not null;

-- Beside the session row, so that being seen never waits for a writer that holds the session.
create table assisted_session_activity (
    session_id uuid primary key references assisted_session (id) deferrable initially deferred,
    last_seen_at timestamptz not null,
    entries integer not null,
    is_over boolean not null,
    ticket text,
    ticket_ref text
);

-- "I did not ask for this": while a case is open nobody acts for the buyer, or for the company as a whole.
create table assist_case (
    id uuid primary key,
    buyer_id uuid references buyer (id) deferrable initially deferred,
    company_id uuid references company (id) deferrable initially deferred,
    session_id uuid not null references assisted_session (id) deferrable initially deferred,
    note text,
    opened_at timestamptz not null,
    closed_at timestamptz,
    closed_by_id uuid references staff (id) deferrable initially deferred,
    closed_by text,
    close_note text,
    check ((buyer_id is null) <> (company_id is null))
);
create unique index ux_assist_case_open on assist_case (buyer_id) where closed_at is null and buyer_id is not null;
create unique index ux_assist_case_company on assist_case (company_id) where closed_at is null and company_id is not null;
create index ix_assist_case_opened on assist_case (opened_at, id);

-- Versions of the rules that say who may act for whom; one in force, one proposed and one in the making at most. Without a row the product's own count.
create table assist_policy (
    version integer primary key,
    status text not null,
    body text not null,
    note text,
    created_at timestamptz not null,
    created_by_id uuid not null references staff (id) deferrable initially deferred,
    created_by text not null,
    proposed_at timestamptz,
    decided_at timestamptz,
    decided_by_id uuid references staff (id) deferrable initially deferred,
    decided_by text
);
create unique index ux_assist_policy_status on assist_policy (status) where status in ('draft', 'proposed');

-- For whom nobody acts, until the protection is lifted: a buyer in all his places, or all people of a company.
create table assist_protection (
    id uuid primary key,
    buyer_id uuid references buyer (id) deferrable initially deferred,
    company_id uuid references company (id) deferrable initially deferred,
    reason text not null,
    since timestamptz not null,
    set_by text not null,
    set_by_id uuid,
    lifted_at timestamptz,
    lifted_by text,
    lifted_by_id uuid,
    check ((buyer_id is null) <> (company_id is null))
);
create unique index ux_assist_protection_buyer on assist_protection (buyer_id) where lifted_at is null and buyer_id is not null;
create unique index ux_assist_protection_company on assist_protection (company_id) where lifted_at is null and company_id is not null;

-- How far staff go below the prices of the shop by themselves; the first that fits counts.
create table deal_limit (
    id uuid primary key,
    position integer not null,
    name text not null,
    staff_role text,
    staff_group text,
    customer_group_id uuid references customer_group (id) deferrable initially deferred,
    category_id uuid references category (id) deferrable initially deferred,
    currency character(3),
    from_minor bigint,
    most_off_millionths integer,
    least_margin_millionths integer,
    month_minor bigint,
    version integer not null
);

-- A price beyond somebody's limits, for which he asked.
create table deal (
    id uuid primary key,
    staff_id uuid not null references staff (id) deferrable initially deferred,
    company_id uuid references company (id) deferrable initially deferred,
    membership_id uuid references membership (id) deferrable initially deferred,
    product_id uuid not null references product (id) deferrable initially deferred,
    quantity_thousandths bigint not null,
    currency character(3) not null,
    price_per integer not null,
    regular_minor bigint not null,
    asked_minor bigint not null,
    value_minor bigint not null,
    reason text,
    status text not null,
    asked_at timestamptz not null,
    decided_at timestamptz,
    decided_by_id uuid references staff (id) deferrable initially deferred,
    decided_minor bigint,
    answer text,
    until timestamptz,
    version integer not null,
    check ((company_id is null) <> (membership_id is null))
);
create unique index ux_deal_waiting on deal (staff_id, product_id, coalesce(company_id, membership_id)) where status = 'waiting';
create index ix_deal_waiting on deal (asked_at) where status = 'waiting';
create index ix_deal_staff on deal (staff_id, asked_at);

-- What staff ask a supervisor for: access to a company for a time, or the approval of one start for a buyer.
create table assist_request (
    id uuid primary key,
    kind text not null,
    staff_id uuid not null references staff (id) deferrable initially deferred,
    company_id uuid references company (id) deferrable initially deferred,
    membership_id uuid references membership (id) deferrable initially deferred,
    note text,
    status text not null,
    asked_at timestamptz not null,
    decided_at timestamptz,
    decided_by_id uuid references staff (id) deferrable initially deferred,
    decided_by text,
    until timestamptz,
    check ((company_id is null) <> (membership_id is null))
);
create unique index ux_assist_request_company on assist_request (staff_id, kind, company_id) where status = 'asked' and company_id is not null;
create unique index ux_assist_request_membership on assist_request (staff_id, membership_id) where status = 'asked' and membership_id is not null;
create index ix_assist_request_status on assist_request (status, asked_at);

-- A start on its way from the staff host to the shop host; the row is gone when it arrived.
create table assist_hand_over (
    id uuid primary key,
    code_hash bytea not null,
    browser_hash bytea not null,
    staff_id uuid not null references staff (id) deferrable initially deferred,
    sign_in_id uuid not null,
    request text not null,
    landing text not null,
    made_at timestamptz not null
);
create index ix_assist_hand_over_staff on assist_hand_over (staff_id);

-- To which company an operator asked to switch, out of his session for another one; it carries no authority, and counts for a minute.
create table assist_switch (
    staff_id uuid primary key references staff (id) deferrable initially deferred,
    sign_in_id uuid not null,
    session_id uuid not null,
    company_id uuid not null references company (id) deferrable initially deferred,
    made_at timestamptz not null
);

-- A start that a staff member wishes of a colleague; the id stands in a mail and carries no authority.
create table assist_link (
    id uuid primary key,
    made_by_id uuid not null references staff (id) deferrable initially deferred,
    staff_id uuid not null references staff (id) deferrable initially deferred,
    membership_id uuid not null references membership (id) deferrable initially deferred,
    reason_code text not null,
    reason_text text,
    ticket text,
    status text not null,
    made_at timestamptz not null,
    expires_at timestamptz not null,
    ended_at timestamptz
);
create index ix_assist_link_membership on assist_link (membership_id, made_at);

-- What a buyer (in one of his places) or a company agreed to, or took back: the newest row that is not over counts.
create table assist_consent (
    id uuid primary key,
    membership_id uuid references membership (id) deferrable initially deferred,
    company_id uuid references company (id) deferrable initially deferred,
    kind text not null,
    whom text not null,
    staff_id uuid references staff (id) deferrable initially deferred,
    operator_membership_id uuid references membership (id) deferrable initially deferred,
    status text not null,
    highest text not null,
    withheld bigint not null,
    until timestamptz,
    how text not null,
    given_at timestamptz not null,
    given_by text not null,
    given_by_id uuid,
    withdrawn_at timestamptz,
    withdrawn_by text,
    withdrawn_by_id uuid,
    session_id uuid references assisted_session (id) deferrable initially deferred,
    check ((membership_id is null) <> (company_id is null)),
    check ((whom = 'staff') = (staff_id is not null)),
    check ((whom = 'colleague') = (operator_membership_id is not null))
);
create index ix_assist_consent_membership on assist_consent (membership_id, given_at);
create index ix_assist_consent_company on assist_consent (company_id, given_at);

-- A buyer is asked whether a staff member or a colleague may act for him once, or, as its administrator, for the company as a whole.
create table assist_ask (
    id uuid primary key,
    staff_id uuid references staff (id) deferrable initially deferred,
    operator_membership_id uuid references membership (id) deferrable initially deferred,
    membership_id uuid not null references membership (id) deferrable initially deferred,
    company_id uuid references company (id) deferrable initially deferred,
    reason_code text not null,
    note text,
    mode text not null,
    minutes integer not null,
    status text not null,
    code_hash bytea not null,
    code_sealed text not null,
    link_hash bytea not null unique,
    tries integer not null,
    asked_at timestamptz not null,
    expires_at timestamptz not null,
    answered_at timestamptz,
    how text,
    check ((staff_id is null) <> (operator_membership_id is null))
);
create index ix_assist_ask_membership on assist_ask (membership_id, status);
create index ix_assist_ask_staff on assist_ask (staff_id, asked_at);
create index ix_assist_ask_colleague on assist_ask (operator_membership_id, asked_at) where operator_membership_id is not null;

-- What a company asks for, whatever the shop's rules ask for.
create table assist_company (
    company_id uuid primary key references company (id) deferrable initially deferred,
    consent text not null,
    lets_act_upwards boolean not null,
    changed_at timestamptz not null,
    changed_by text not null,
    changed_by_id uuid
);

-- What is closed to sessions by the role of the operator: names of pages and actions with blanks between.
create table assist_closed (
    role text primary key,
    pages text not null,
    changed_at timestamptz not null,
    changed_by text not null,
    changed_by_id uuid
);

-- What an operator (staff member or buyer) has ordered in sessions for a customer (company, or membership of a consumer) in a month (2026-11).
create table assist_spending (
    operator_id uuid not null,
    customer_id uuid not null,
    month text not null,
    currency char(3) not null,
    amount_minor bigint not null,
    primary key (operator_id, customer_id, month, currency)
);

-- What alerts count, by staff member, for an hour; the row of the empty subject says when supervisors were told.
create table assist_watch (
    staff_id uuid not null references staff (id) deferrable initially deferred,
    what text not null,
    subject uuid not null,
    at timestamptz not null,
    primary key (staff_id, what, subject)
);

-- Audit -------------------------------------------------------------------------------------------------------------------------

-- People are here by their references in person_key: an erasure deletes that row, and nothing of these. What stands beside the entry is there to find it.
-- about: what it is about beside people, companies and orders: 'product:ID', 'setting:NAME', 'person:REF'. ticket_ref: of the ticket, made with a key outside the database.
create table audit_event (
    seq bigint generated by default as identity primary key,
    id uuid not null unique,
    at timestamptz not null,
    name text not null,
    operator_staff_ref uuid,
    operator_buyer_ref uuid,
    actor_part text,
    buyer_ref uuid,
    company_id uuid,
    session_id uuid,
    order_id uuid,
    about text,
    session_mode text,
    reason_code text,
    ticket_ref text,
    outcome text not null,
    -- A leaf of the log is shorter than this.
    entry text not null check (octet_length(entry) < 65536)
);
create index ix_audit_event_session on audit_event (session_id, seq) where session_id is not null;
create index ix_audit_event_staff on audit_event (operator_staff_ref, seq) where operator_staff_ref is not null;
create index ix_audit_event_buyer on audit_event (buyer_ref, seq) where buyer_ref is not null;
create index ix_audit_event_company on audit_event (company_id, seq) where company_id is not null;
create index ix_audit_event_operator_buyer on audit_event (operator_buyer_ref, seq) where operator_buyer_ref is not null;
create index ix_audit_event_order on audit_event (order_id, seq) where order_id is not null;
create index ix_audit_event_about on audit_event (about, seq) where about is not null;
create index ix_audit_event_mode on audit_event (session_mode, seq) where session_mode is not null;
create index ix_audit_event_reason on audit_event (reason_code, seq) where reason_code is not null;
create index ix_audit_event_ticket on audit_event (ticket_ref, seq) where ticket_ref is not null;
create index ix_audit_event_trouble on audit_event (buyer_ref, seq) where outcome = 'refused';
create index ix_audit_event_refused on audit_event (outcome, seq) where outcome <> 'done';
create index ix_audit_event_at on audit_event (at);
create index ix_audit_event_name on audit_event (name, seq);
create index ix_audit_event_created on audit_event (at, operator_staff_ref, operator_buyer_ref) where name in ('identity.person-created', 'identity.membership-added');

-- What stands for a person in the log, and the key of his personal values, wrapped by one that lies outside the database. Person: a buyer, a membership, a staff
-- member, or a month for what is nobody's. Without its row a reference is nobody's, and the values are noise.
create table person_key (
    person_id uuid primary key,
    kind text not null,
    ref uuid not null unique,
    wrapped bytea not null,
    wrapped_by text not null,
    created_at timestamptz not null
);
create index ix_person_key_wrapped_by on person_key (wrapped_by);

-- value: salt and text, sealed under the key of key_ref for this field of this event.
create table audit_private (
    event_id uuid not null references audit_event (id) deferrable initially deferred,
    field text not null,
    value bytea not null,
    key_ref uuid not null,
    primary key (event_id, field)
);
create index ix_audit_private_key on audit_private (key_ref);

-- While it stands nobody erases the person.
create table legal_hold (
    id uuid primary key,
    buyer_id uuid references buyer (id) deferrable initially deferred,
    staff_id uuid references staff (id) deferrable initially deferred,
    reason text not null,
    since timestamptz not null,
    set_by text not null,
    set_by_id uuid,
    lifted_at timestamptz,
    lifted_by text,
    lifted_by_id uuid,
    check ((buyer_id is null) <> (staff_id is null))
);
create index ix_legal_hold_buyer on legal_hold (buyer_id) where buyer_id is not null;
create index ix_legal_hold_staff on legal_hold (staff_id) where staff_id is not null;

-- An erasure for which somebody has asked and that somebody else has to confirm; the row goes with the person.
create table erasure_proposal (
    person_id uuid primary key,
    kind text not null,
    asked_by_id uuid not null references staff (id) deferrable initially deferred,
    asked_by text not null,
    asked_at timestamptz not null,
    expires_at timestamptz not null
);

-- Since when retention knows that an account is closed: from then on its time counts.
create table closed_person (
    person_id uuid primary key,
    kind text not null,
    seen_at timestamptz not null
);
create index ix_closed_person on closed_person (kind, seen_at);

create table erasure_request (
    buyer_id uuid primary key references buyer (id) deferrable initially deferred,
    asked_at timestamptz not null
);

-- What is not in the log yet. Absence from this queue, and not "newer than the last one seen", says that an event is in it: events are not committed in the order of their numbers.
create table audit_pending (
    seq bigint primary key,
    event_id uuid not null
);

create table audit_leaf (
    leaf_index bigint primary key,
    event_id uuid not null unique references audit_event (id) deferrable initially deferred,
    leaf_hash bytea not null
);

-- The one row of the tree: how its log calls itself, its compact range, up to where a signed checkpoint is published, and what is wrong when nothing more is signed.
create table audit_tree (
    id integer primary key check (id = 1),
    origin text not null,
    size bigint not null,
    frontier bytea not null,
    published bigint not null,
    -- The size of the checkpoint that everybody is shown. It never goes back.
    shown bigint not null default 0,
    trouble text,
    trouble_code text,
    -- From which entry on they are kept, which were emptied already, and from when on that is.
    pruned bigint not null default 0,
    emptied bigint not null default 0,
    kept_since timestamptz
);
insert into audit_tree (id, origin, size, frontier, published) values (1, '', 0, '', 0);

-- Every checkpoint that was signed. An origin is followed by another one when the log goes on after a restore.
create table audit_checkpoint (
    origin text not null,
    size bigint not null,
    root bytea not null,
    at timestamptz not null,
    note text not null,
    is_witnessed boolean not null,
    primary key (origin, size)
);

create index ix_audit_checkpoint_witnessed on audit_checkpoint (origin, size) where is_witnessed;

-- Searches of the log that staff keep. query: the part of a URL behind the question mark, in which people are references.
create table audit_search (
    id uuid primary key,
    name text not null,
    query text not null,
    staff_id uuid not null references staff (id) deferrable initially deferred,
    is_shared boolean not null,
    made_at timestamptz not null
);
create index ix_audit_search_staff on audit_search (staff_id);

-- What lets an auditor fetch the entries of the log.
create table audit_access (
    id uuid primary key,
    name text not null,
    token_hash bytea not null unique,
    made_by_id uuid not null references staff (id) deferrable initially deferred,
    made_at timestamptz not null,
    expires_at timestamptz not null,
    revoked_at timestamptz,
    used_at timestamptz
);

-- Where the log is sent to as it grows. token and signing_key are sealed by the master key; before next_index every leaf was acknowledged.
create table audit_stream (
    id uuid primary key,
    name text not null,
    kind text not null,
    address text not null,
    form text not null,
    token text,
    signing_key text,
    authority text,
    is_on boolean not null,
    made_by_id uuid not null references staff (id) deferrable initially deferred,
    made_at timestamptz not null,
    next_index bigint not null,
    failures integer not null,
    next_attempt_at timestamptz not null,
    sent_at timestamptz,
    last_error text
);

-- Rules that are not as they come with the product, up to where the log was looked at, and what was found; of one rule there is one alert about the same.
create table alert_rule (
    rule text primary key,
    is_on boolean not null,
    threshold bigint not null,
    changed_at timestamptz not null
);

create table alert_cursor (
    id integer primary key check (id = 1),
    next_index bigint not null
);
insert into alert_cursor (id, next_index) values (1, 0);

create table alert (
    id uuid primary key,
    rule text not null,
    about text not null,
    at timestamptz not null,
    threshold bigint not null,
    events text not null,
    unique (rule, about)
);
create index ix_alert_at on alert (at);

-- As the owner: the role of the shop cannot put anything into the queue itself.
create function audit_event_queue() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
    insert into audit_pending (seq, event_id) values (new.seq, new.id);
    return null;
end $$;
create trigger audit_event_queue after insert on audit_event for each row execute function audit_event_queue();

create function audit_is_kept() returns trigger language plpgsql as $$
begin
    raise exception '% is append-only', tg_table_name using errcode = 'insufficient_privilege';
end $$;
create trigger audit_event_is_kept before delete or truncate on audit_event for each statement execute function audit_is_kept();

-- Of an event that the log does not keep any more its number and id stay, for the rows that name it, and nothing else.
create function audit_event_is_kept() returns trigger language plpgsql as $$
begin
    if new.seq = old.seq and new.id = old.id and new.at = old.at and new.name = '' and new.outcome = '' and new.entry = ''
        and coalesce(new.operator_staff_ref, new.operator_buyer_ref, new.buyer_ref, new.company_id, new.session_id, new.order_id) is null
        and coalesce(new.actor_part, new.about, new.session_mode, new.reason_code, new.ticket_ref) is null
        and exists (select 1 from audit_leaf l, audit_tree t where l.event_id = old.id and l.leaf_index < t.pruned) then
        return new;
    end if;
    raise exception 'audit_event is append-only' using errcode = 'insufficient_privilege';
end $$;
create trigger audit_event_is_not_changed before update on audit_event for each row execute function audit_event_is_kept();
create trigger audit_private_is_kept before update or truncate on audit_private for each statement execute function audit_is_kept();

-- A value goes when its key is gone, and not before: erasing deletes the key first; or with its event, when the log does not keep that any more.
create function audit_private_is_kept() returns trigger language plpgsql as $$
begin
    if exists (select 1 from audit_leaf l, audit_tree t where l.event_id = old.event_id and l.leaf_index < t.pruned) then
        return old;
    end if;
    if exists (select 1 from person_key where ref = old.key_ref) then
        raise exception 'audit_private is append-only as long as there is a key' using errcode = 'insufficient_privilege';
    end if;
    return old;
end $$;
create trigger audit_private_has_a_key before delete on audit_private for each row execute function audit_private_is_kept();
create trigger audit_leaf_is_kept before update or delete or truncate on audit_leaf for each statement execute function audit_is_kept();

-- Carts -------------------------------------------------------------------------------------------------------------------------

-- A buyer's cart, or (base_cart_id set) the branch of it on which an assisted session works; or the cart of a company as a whole, on which sessions for it work.
create table cart (
    id uuid primary key,
    membership_id uuid references membership (id) deferrable initially deferred,
    company_id uuid references company (id) deferrable initially deferred,
    currency char(3) not null,
    coupon_codes text,
    -- What staff agreed: off all of it, an amount or millionths; and what sending it costs.
    agreed_discount_minor bigint,
    agreed_discount_millionths integer,
    agreed_discount_reason text,
    agreed_discount_by_id uuid references staff (id) deferrable initially deferred,
    agreed_shipping_minor bigint,
    agreed_shipping_reason text,
    agreed_shipping_by_id uuid references staff (id) deferrable initially deferred,
    status text not null,
    base_cart_id uuid references cart (id) deferrable initially deferred,
    base_version integer,
    session_id uuid references assisted_session (id) deferrable initially deferred,
    expires_at timestamptz,
    created_at timestamptz not null,
    changed_at timestamptz not null,
    version integer not null,
    audit_event_id uuid references audit_event (id) deferrable initially deferred,
    name text,
    check ((membership_id is null) <> (company_id is null)),
    check (company_id is null or base_cart_id is null)
);
create unique index ux_cart_active on cart (membership_id) where status = 'active' and base_cart_id is null and membership_id is not null;
create unique index ux_cart_company on cart (company_id) where status = 'active' and company_id is not null;
create unique index ux_cart_branch on cart (membership_id) where status = 'active' and base_cart_id is not null;
create index ix_cart_membership on cart (membership_id, changed_at);
create index ix_cart_lately on cart (changed_at, id) where status in ('active', 'parked');
create index ix_cart_touched on cart (session_id) where session_id is not null and status in ('active', 'parked');
create index ix_cart_over on cart (changed_at) where status <> 'active';
create index ix_cart_fast_order on cart (changed_at) where status = 'fast-order';
create index ix_cart_aside on cart (membership_id) where status = 'parked';

create table cart_line (
    id uuid primary key,
    cart_id uuid not null references cart (id) on delete cascade deferrable initially deferred,
    position integer not null,
    product_id uuid not null references product (id) deferrable initially deferred,
    quantity_thousandths bigint not null,
    base_line_id uuid,
    base_quantity_thousandths bigint,
    -- What staff agreed for it: a price, or millionths off the price that counts.
    agreed_minor bigint,
    agreed_per integer,
    agreed_off_millionths integer,
    agreed_reason text,
    agreed_alternative text,
    agreed_by_id uuid references staff (id) deferrable initially deferred,
    -- Of a price that was taken from a proposal.
    agreed_approved_by_id uuid references staff (id) deferrable initially deferred,
    agreed_only_thousandths bigint,
    agreed_until timestamptz,
    unique (cart_id, product_id)
);

-- A branch that was handed over: what an operator changed in the cart of a buyer, who takes it or not. status: open, taken, declined, withdrawn, expired.
create table cart_proposal (
    id uuid primary key,
    cart_id uuid not null references cart (id) on delete cascade deferrable initially deferred,
    membership_id uuid not null references membership (id) deferrable initially deferred,
    made_by_staff_id uuid references staff (id) deferrable initially deferred,
    made_by_buyer_id uuid references buyer (id) deferrable initially deferred,
    currency char(3) not null,
    words text,
    coupons_before text,
    coupons text,
    status text not null,
    answer text,
    made_at timestamptz not null,
    expires_at timestamptz not null,
    ended_at timestamptz,
    version integer not null
);
create index ix_cart_proposal_membership on cart_proposal (membership_id, made_at);
create index ix_cart_proposal_cart on cart_proposal (cart_id);
create index ix_cart_proposal_staff on cart_proposal (made_by_staff_id, made_at);
create index ix_cart_proposal_open on cart_proposal (expires_at) where status = 'open';
create index ix_cart_proposal_over on cart_proposal (ended_at) where status <> 'open';

-- What it has for an article, and what the cart had when the branch was made.
create table cart_proposal_line (
    proposal_id uuid not null references cart_proposal (id) on delete cascade deferrable initially deferred,
    position integer not null,
    product_id uuid not null references product (id) deferrable initially deferred,
    before_thousandths bigint not null,
    before_minor bigint,
    before_per integer,
    quantity_thousandths bigint not null,
    agreed_minor bigint,
    agreed_per integer,
    agreed_reason text,
    agreed_alternative text,
    agreed_by_id uuid references staff (id) deferrable initially deferred,
    agreed_approved_by_id uuid references staff (id) deferrable initially deferred,
    is_taken boolean not null,
    primary key (proposal_id, position)
);

-- Lists of articles that people keep. share: what the others of the company may.
create table saved_list (
    id uuid primary key,
    membership_id uuid not null references membership (id) deferrable initially deferred,
    company_id uuid references company (id) deferrable initially deferred,
    name text not null,
    share text not null,
    created_at timestamptz not null,
    changed_at timestamptz not null,
    version integer not null,
    session_id uuid references assisted_session (id) deferrable initially deferred,
    audit_event_id uuid references audit_event (id) deferrable initially deferred
);
create index ix_saved_list_membership on saved_list (membership_id);
create index ix_saved_list_company on saved_list (company_id) where share <> 'none';

create table saved_list_line (
    list_id uuid not null references saved_list (id) on delete cascade deferrable initially deferred,
    product_id uuid not null references product (id) deferrable initially deferred,
    position integer not null,
    quantity_thousandths bigint not null,
    primary key (list_id, product_id)
);

-- What a buyer has agreed to, and the articles at which he looked if he lets them be remembered.
create table buyer_preference (
    buyer_id uuid primary key references buyer (id) deferrable initially deferred,
    newsletter text not null,
    newsletter_asked_at timestamptz,
    newsletter_confirmed_at timestamptz,
    newsletter_withdrawn_at timestamptz,
    newsletter_email text,
    allows_tracking boolean not null,
    tracking_changed_at timestamptz
);

create table viewed_product (
    buyer_id uuid not null references buyer (id) deferrable initially deferred,
    product_id uuid not null references product (id) on delete cascade deferrable initially deferred,
    viewed_at timestamptz not null,
    primary key (buyer_id, product_id)
);

-- Orders ------------------------------------------------------------------------------------------------------------------------

create sequence order_number;
create sequence invoice_number;
create sequence terms_number;
create sequence credit_note_number;

create table terms_version (
    number integer primary key,
    text text not null,
    digest text not null,
    published_at timestamptz not null,
    published_by_id uuid references staff (id) deferrable initially deferred
);

create table orders (
    id uuid primary key,
    number text collate "C" not null unique,
    membership_id uuid references membership (id) deferrable initially deferred,
    buyer_id uuid references buyer (id) deferrable initially deferred,
    company_id uuid references company (id) deferrable initially deferred,
    status text not null,
    placed_at timestamptz not null,
    currency char(3) not null,
    lines_minor bigint not null,
    shipping_minor bigint not null,
    tax_minor bigint not null,
    total_minor bigint not null,
    shipping_rate_millionths integer,
    tax_by_line boolean not null default false,
    shows_gross boolean not null default false,
    discount_minor bigint not null default 0,
    -- What it would have cost more without what staff agreed, without tax; of the discount, what they agreed; and what sending would have cost.
    given_minor bigint,
    agreed_discount_minor bigint not null default 0,
    agreed_discount_reason text,
    agreed_discount_by_id uuid references staff (id) deferrable initially deferred,
    regular_shipping_minor bigint,
    agreed_shipping_reason text,
    agreed_shipping_by_id uuid references staff (id) deferrable initially deferred,
    coupon_codes text,
    buyer_name text,
    buyer_email text,
    company_name text,
    company_number text,
    billing_address text,
    shipping_address text,
    shipping_code text,
    shipping_name text,
    payment_method text,
    purchase_order_number text,
    cost_centre_id uuid references cost_centre (id) deferrable initially deferred,
    cost_centre text,
    comment text,
    wanted_on text,
    terms_version integer references terms_version (number) deferrable initially deferred,
    tax_note text,
    sales_rep_id uuid references staff (id) deferrable initially deferred,
    operator_staff_id uuid references staff (id) deferrable initially deferred,
    operator_buyer_id uuid references buyer (id) deferrable initially deferred,
    operator_name text,
    staff_group text,
    session_id uuid references assisted_session (id) deferrable initially deferred,
    reason_code text,
    reason_text text,
    is_imported boolean not null,
    audit_event_id uuid references audit_event (id) deferrable initially deferred,
    version integer not null
);
create index ix_orders_membership on orders (membership_id, placed_at, id);
create index ix_orders_company on orders (company_id, placed_at, id);
create index ix_orders_operator on orders (operator_staff_id, placed_at, id) where operator_staff_id is not null;
create index ix_orders_representative on orders (sales_rep_id, placed_at, id) where sales_rep_id is not null;
create index ix_orders_colleague on orders (operator_buyer_id, placed_at, id) where operator_buyer_id is not null;
create index ix_orders_company_operator on orders (company_id, operator_staff_id, placed_at, id) where operator_staff_id is not null;
create index ix_orders_cost_centre on orders (cost_centre_id, placed_at, id) where cost_centre_id is not null;
create index ix_orders_placed on orders (placed_at, id);
create index ix_orders_session on orders (session_id) where session_id is not null;

-- Orders in which staff agreed anything, for who looks what was given away.
create index ix_orders_given on orders (placed_at, id) where given_minor is not null;

create table order_line (
    order_id uuid not null references orders (id) on delete cascade deferrable initially deferred,
    position integer not null,
    product_id uuid references product (id) deferrable initially deferred,
    sku text not null,
    name text not null,
    quantity_thousandths bigint not null,
    price_minor bigint not null,
    price_per integer not null,
    price_source text,
    list_price_minor bigint,
    -- Where staff agreed its price: what it would have cost, why, and who.
    regular_price_minor bigint,
    regular_price_per integer,
    given_minor bigint,
    agreed_reason text,
    agreed_by_id uuid references staff (id) deferrable initially deferred,
    -- Who approved it, where it is beyond the limits of who agreed it.
    approved_by_id uuid references staff (id) deferrable initially deferred,
    tax_class text,
    tax_rate_millionths integer,
    kind text not null default 'physical',
    discount_minor bigint not null default 0,
    comment text,
    total_minor bigint not null,
    primary key (order_id, position)
);
create index ix_order_line_product on order_line (product_id);
create index ix_order_line_downloadable on order_line (order_id) where kind = 'downloadable';

-- What a line of an order was promised of the stock, and what of it has left the warehouse.
create table stock_hold (
    order_id uuid not null references orders (id) on delete cascade deferrable initially deferred,
    position integer not null,
    product_id uuid not null references product (id) deferrable initially deferred,
    reserved_thousandths bigint not null,
    taken_thousandths bigint not null,
    primary key (order_id, position)
);

-- How often a file was taken that a line of an order is about.
create table download (
    order_id uuid not null references orders (id) on delete cascade deferrable initially deferred,
    position integer not null,
    file_id uuid not null references product_file (id) deferrable initially deferred,
    times integer not null,
    last_at timestamptz not null,
    primary key (order_id, position, file_id)
);

-- What happened to a placed order, one after the other: who did it, when, why, and what it came to.
create table order_step (
    order_id uuid not null references orders (id) on delete cascade deferrable initially deferred,
    number integer not null,
    kind text not null,
    at timestamptz not null,
    staff_id uuid references staff (id) deferrable initially deferred,
    buyer_id uuid references buyer (id) deferrable initially deferred,
    reason_code text,
    note text,
    document text,
    invoice_number integer,
    paid_on text,
    lines_minor bigint,
    shipping_minor bigint,
    tax_minor bigint,
    total_minor bigint,
    primary key (order_id, number)
);

-- A payment at the provider. status: open, paid, failed, closed.
create table payment (
    id uuid primary key,
    order_id uuid not null references orders (id) on delete cascade deferrable initially deferred,
    status text not null,
    amount_minor bigint not null,
    currency char(3) not null,
    provider text not null,
    reference text,
    started_at timestamptz not null,
    told_at timestamptz,
    is_doubtful boolean not null
);

create index ix_payment_order on payment (order_id, started_at);

-- A link with which a buyer pays an order that somebody placed for him; of its secret only the hash.
create table pay_link (
    id uuid primary key,
    order_id uuid not null references orders (id) on delete cascade deferrable initially deferred,
    token_hash bytea not null unique,
    amount_minor bigint not null,
    currency char(3) not null,
    made_by_staff_id uuid references staff (id) deferrable initially deferred,
    made_by_buyer_id uuid references buyer (id) deferrable initially deferred,
    made_at timestamptz not null,
    expires_at timestamptz not null,
    paid_at timestamptz,
    replaced_at timestamptz
);

create index ix_pay_link_order on pay_link (order_id, made_at);

create table order_step_tax (
    order_id uuid not null,
    number integer not null,
    rate_millionths integer not null,
    net_minor bigint not null,
    tax_minor bigint not null,
    primary key (order_id, number, rate_millionths),
    foreign key (order_id, number) references order_step (order_id, number) on delete cascade deferrable initially deferred
);

create table order_step_line (
    order_id uuid not null,
    number integer not null,
    position integer not null,
    quantity_thousandths bigint not null,
    amount_minor bigint,
    reason_code text,
    primary key (order_id, number, position),
    foreign key (order_id, number) references order_step (order_id, number) on delete cascade deferrable initially deferred
);

-- Rules of commissions, each version a row that is never changed; and their ledger: an amount goes from one account of a person to another.
create table commission_rule (
    id uuid not null,
    version integer not null,
    name text not null,
    share_millionths integer not null,
    basis text not null,
    earned text not null,
    part text not null,
    window_days integer not null,
    staff_id uuid references staff (id) deferrable initially deferred,
    staff_group text,
    category_id uuid references category (id) deferrable initially deferred,
    channel text,
    company_id uuid references company (id) deferrable initially deferred,
    is_on boolean not null,
    from_at timestamptz not null,
    by_id uuid not null references staff (id) deferrable initially deferred,
    primary key (id, version)
);
create table commission_pay_out (
    number integer primary key,
    at timestamptz not null,
    by_id uuid not null references staff (id) deferrable initially deferred
);
create table commission_entry (
    id uuid primary key,
    claim_id uuid not null,
    staff_id uuid not null references staff (id) deferrable initially deferred,
    order_id uuid not null,
    position integer not null,
    rule_id uuid not null,
    rule_version integer not null,
    from_account text not null,
    to_account text not null check (to_account <> from_account),
    amount_minor bigint not null check (amount_minor > 0),
    currency char(3) not null,
    base_minor bigint,
    cause text not null,
    pay_out_number integer references commission_pay_out (number) deferrable initially deferred,
    at timestamptz not null,
    foreign key (order_id, position) references order_line (order_id, position) deferrable initially deferred,
    foreign key (rule_id, rule_version) references commission_rule (id, version) deferrable initially deferred
);
create index ix_commission_entry_order on commission_entry (order_id);
create index ix_commission_entry_staff on commission_entry (staff_id, at, id);
create index ix_commission_entry_pay_out on commission_entry (pay_out_number) where pay_out_number is not null;
create index ix_commission_entry_at on commission_entry (at, id);

-- Somebody says that the commissions of an order are wrong. text: null when it named a person who was erased.
create table commission_dispute (
    id uuid primary key,
    order_id uuid not null references orders (id) deferrable initially deferred,
    staff_id uuid not null references staff (id) deferrable initially deferred,
    wish text not null,
    text text,
    status text not null,
    opened_at timestamptz not null,
    answer text,
    answered_at timestamptz,
    answered_by_id uuid references staff (id) deferrable initially deferred,
    version integer not null
);
create unique index ux_commission_dispute_open on commission_dispute (order_id, staff_id) where status = 'open';
create index ix_commission_dispute_staff on commission_dispute (staff_id, opened_at);
create index ix_commission_dispute_status on commission_dispute (status, opened_at);
create index ix_commission_dispute_order on commission_dispute (order_id);

-- What staff write down for each other about a company, a person of it or a private customer, or an order. Nothing is overwritten: a correction is a row of its own that points at
-- the first one. text: null when a person was erased.
create table note (
    id uuid primary key,
    company_id uuid references company (id) on delete cascade deferrable initially deferred,
    membership_id uuid references membership (id) on delete cascade deferrable initially deferred,
    order_id uuid references orders (id) on delete cascade deferrable initially deferred,
    corrects_id uuid references note (id) on delete cascade deferrable initially deferred,
    number integer not null,
    text text,
    staff_id uuid not null references staff (id) deferrable initially deferred,
    written_at timestamptz not null,
    of_session_id uuid references assisted_session (id) deferrable initially deferred
);
create unique index ix_note_correction on note (corrects_id, number) where corrects_id is not null;
create index ix_note_company on note (company_id, written_at, id) where order_id is null and corrects_id is null;
create index ix_note_membership on note (membership_id, written_at, id) where membership_id is not null;
create index ix_note_order on note (order_id, written_at, id) where order_id is not null;

create table coupon (
    id uuid primary key,
    code text not null unique,
    name text not null,
    kind text not null,
    percent_millionths integer,
    amount_minor bigint,
    currency char(3),
    least_minor bigint,
    category_id uuid references category (id) deferrable initially deferred,
    product_id uuid references product (id) deferrable initially deferred,
    valid_from timestamptz,
    valid_until timestamptz,
    times integer,
    times_each integer,
    is_combinable boolean not null,
    used integer not null,
    version integer not null
);

create table coupon_use (
    coupon_id uuid not null references coupon (id) deferrable initially deferred,
    order_id uuid not null references orders (id) on delete cascade deferrable initially deferred,
    company_id uuid references company (id) deferrable initially deferred,
    membership_id uuid references membership (id) deferrable initially deferred,
    off_minor bigint not null,
    used_at timestamptz not null,
    primary key (coupon_id, order_id)
);
create index ix_coupon_use_order on coupon_use (order_id);
create index ix_coupon_use_company on coupon_use (coupon_id, company_id) where company_id is not null;
create index ix_coupon_use_membership on coupon_use (coupon_id, membership_id) where membership_id is not null;

-- An order that waited, or waits, for the approval of an administrator of the company: why, since when, and who decided.
create table order_approval (
    order_id uuid primary key references orders (id) on delete cascade deferrable initially deferred,
    company_id uuid not null references company (id) deferrable initially deferred,
    status text not null,
    why text not null,
    above_minor bigint,
    above_currency char(3),
    month text not null,
    shipping_rate_millionths integer not null,
    asked_at timestamptz not null,
    decided_at timestamptz,
    decided_by_id uuid references buyer (id) deferrable initially deferred,
    decided_by text,
    reason text,
    level integer not null default 1,
    since timestamptz not null,
    reminded_at timestamptz
);
create index ix_order_approval_company on order_approval (company_id, status, asked_at, order_id);
create index ix_order_approval_reminding on order_approval (since) where status = 'waiting' and reminded_at is null;

-- Who has approved an order so far, one after the other.
create table order_agreement (
    order_id uuid not null references orders (id) on delete cascade deferrable initially deferred,
    level integer not null,
    agreed_at timestamptz not null,
    agreed_by_id uuid references buyer (id) deferrable initially deferred,
    agreed_by text,
    primary key (order_id, level)
);

-- Rows that somebody made for somebody else ------------------------------------------------------------------------------------

-- session_id: the session in which a row was made or changed last; audit_event_id: the event that tells of it. A row with a session cannot be committed
-- without an event of that session from the same transaction. Columns that the product keeps by itself are left out: they change whoever acts.
alter table company add foreign key (session_id) references assisted_session (id) deferrable initially deferred,
    add foreign key (audit_event_id) references audit_event (id) deferrable initially deferred;
alter table buyer add foreign key (session_id) references assisted_session (id) deferrable initially deferred,
    add foreign key (audit_event_id) references audit_event (id) deferrable initially deferred;
alter table membership add foreign key (session_id) references assisted_session (id) deferrable initially deferred,
    add foreign key (audit_event_id) references audit_event (id) deferrable initially deferred;
alter table address add foreign key (session_id) references assisted_session (id) deferrable initially deferred,
    add foreign key (audit_event_id) references audit_event (id) deferrable initially deferred;
alter table address_choice add foreign key (session_id) references assisted_session (id) deferrable initially deferred,
    add foreign key (audit_event_id) references audit_event (id) deferrable initially deferred;

create or replace function made_in_session() returns trigger language plpgsql as $$
begin
    if not exists (
        select 1 from audit_event e
        where e.id = new.audit_event_id and e.session_id = new.session_id and e.xmin = cast(pg_current_xact_id() as xid)) then
        raise exception 'A row of % was made or changed in an assisted session without an event of that session in the same transaction.', tg_table_name
            using errcode = 'integrity_constraint_violation';
    end if;
    return null;
end
$$;
create constraint trigger made_in_session after insert or update of number, external_id, name, parent_id, country, language, currency, contract_number, segment, tax_id, order_email, status, price_list_id, sales_rep_id, kind, session_id, audit_event_id
    on company deferrable initially deferred for each row when (new.session_id is not null) execute function made_in_session();
create constraint trigger made_in_session after insert or update of email, email_normalized, title, first_name, last_name, phone, external_id, status, session_id, audit_event_id
    on buyer deferrable initially deferred for each row when (new.session_id is not null) execute function made_in_session();
create constraint trigger made_in_session after insert or update of buyer_id, company_id, role, company_role_id, status, session_id, audit_event_id
    on membership deferrable initially deferred for each row when (new.session_id is not null) execute function made_in_session();
create constraint trigger made_in_session after insert or update
    on address deferrable initially deferred for each row when (new.session_id is not null) execute function made_in_session();
create constraint trigger made_in_session after insert or update
    on address_choice deferrable initially deferred for each row when (new.session_id is not null) execute function made_in_session();
create constraint trigger made_in_session after insert or update
    on saved_list deferrable initially deferred for each row when (new.session_id is not null) execute function made_in_session();
create constraint trigger made_in_session after insert or update
    on cart deferrable initially deferred for each row when (new.session_id is not null) execute function made_in_session();
create constraint trigger made_in_session after insert or update of number, membership_id, buyer_id, company_id, currency, lines_minor, shipping_minor, tax_minor, total_minor, buyer_name, company_name, company_number, billing_address, shipping_address, shipping_code, shipping_name, payment_method, purchase_order_number, discount_minor, coupon_codes, tax_note, cost_centre_id, cost_centre, terms_version, operator_staff_id, staff_group, reason_code, session_id, audit_event_id
    on orders deferrable initially deferred for each row when (new.session_id is not null) execute function made_in_session();

-- Words that an erasure takes away need no event of the session in which they came: that it was done stands in the log by itself.
create constraint trigger made_in_session_words after update of buyer_email, comment, reason_text, operator_name, operator_buyer_id
    on orders deferrable initially deferred for each row when (new.session_id is not null and not ((new.buyer_email is null or new.buyer_email is not distinct from old.buyer_email) and (new.comment is null or new.comment is not distinct from old.comment) and (new.reason_text is null or new.reason_text is not distinct from old.reason_text) and (new.operator_name = 'Erased person' or new.operator_name is not distinct from old.operator_name) and (new.operator_buyer_id = '0E0E0E0E-0000-7000-8000-000000000000' or new.operator_buyer_id is not distinct from old.operator_buyer_id))) execute function made_in_session();

-- The answer to a request that must take effect once, kept with the effect.
create table idempotency (
    principal text not null,
    route text not null,
    key text not null,
    fingerprint text not null,
    result text not null,
    created_at timestamptz not null,
    audit_event_id uuid,
    primary key (principal, route, key)
);
create index ix_idempotency_created on idempotency (created_at);

-- Mail --------------------------------------------------------------------------------------------------------------------------

-- The outbox. The body holds {secret} where a one-time link or code belongs; the secret lies beside it, encrypted, until the mail is sent.
create table mail (
    id uuid primary key,
    kind text not null,
    to_address text not null,
    to_name text,
    subject text not null,
    body text not null,
    secret text,
    buyer_id uuid,
    staff_id uuid,
    order_id uuid,
    status text not null,
    attempts integer not null,
    created_at timestamptz not null,
    next_attempt_at timestamptz not null,
    sent_at timestamptz,
    last_error text
);
create index ix_mail_due on mail (next_attempt_at) where status = 'pending';
create index ix_mail_to on mail (to_address, id);
create index ix_mail_text on mail (created_at) where body <> '';
create index ix_mail_unsent on mail (status, id) where status <> 'sent';
