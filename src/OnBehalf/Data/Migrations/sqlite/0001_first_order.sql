-- Settings and plumbing ------------------------------------------------------------------------------------------------------

create table setting (
    name text primary key,
    value text not null,
    changed_at integer not null,
    changed_by text not null,
    changed_by_id text
) strict;

create table data_protection_key (
    id text primary key,
    name text not null,
    xml text not null,
    created_at integer not null
) strict;

create table counter (
    name text primary key,
    value integer not null
) strict;

-- Catalogue -------------------------------------------------------------------------------------------------------------------

create table category (
    id text primary key,
    code text not null unique,
    parent_id text references category (id) deferrable initially deferred,
    name text not null,
    position integer not null
) strict;
create index ix_category_parent on category (parent_id);

create table picture (
    name text primary key,
    content_type text not null,
    digest text not null,
    bytes blob not null
) strict;

create table product (
    id text primary key,
    sku text not null unique,
    name text not null,
    description text not null,
    category_id text references category (id) deferrable initially deferred,
    model text,
    color text,
    size text,
    weight_milligrams integer,
    cost_minor integer,
    price_minor integer not null,
    price_per integer not null check (price_per in (1, 10, 100, 1000)),
    currency text not null,
    tax_class text not null,
    picture_name text,
    status text not null,
    sort_name text not null,
    unit text not null default 'piece',
    pack_thousandths integer not null default 1000 check (pack_thousandths > 0),
    min_thousandths integer,
    max_thousandths integer,
    replaced_by_id text references product (id) deferrable initially deferred,
    kind text not null default 'physical',
    version integer not null
) strict;

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
    product_id text not null references product (id) on delete cascade deferrable initially deferred,
    picture_name text not null references picture (name) deferrable initially deferred,
    position integer not null,
    primary key (product_id, picture_name)
) strict;

create table product_related (
    product_id text not null references product (id) on delete cascade deferrable initially deferred,
    related_id text not null references product (id) on delete cascade deferrable initially deferred,
    position integer not null,
    primary key (product_id, related_id),
    check (product_id <> related_id)
) strict;
create index ix_product_related_related on product_related (related_id);

create table product_text (
    product_id text not null references product (id) on delete cascade deferrable initially deferred,
    language text not null,
    name text,
    description text,
    primary key (product_id, language)
) strict;

-- What is in the warehouse, and what of it is promised to orders. An article without a row is not counted.
create table stock (
    product_id text primary key references product (id) on delete cascade deferrable initially deferred,
    on_hand_thousandths integer not null check (on_hand_thousandths >= 0),
    reserved_thousandths integer not null check (reserved_thousandths >= 0),
    back_on integer
) strict;

-- Files that are sold: they lie in the folder `downloads` under the digest of their content.
create table product_file (
    id text primary key,
    product_id text not null references product (id) deferrable initially deferred,
    name text not null,
    digest text not null,
    size_bytes integer not null,
    added_at integer not null,
    removed_at integer
) strict;
create index ix_product_file_product on product_file (product_id);

create table product_word (
    word text not null,
    product_id text not null references product (id) on delete cascade deferrable initially deferred,
    weight integer not null,
    primary key (product_id, word)
) strict, without rowid;
create index ix_product_word_rank on product_word (word, weight desc, product_id);

-- Distinct words of a search, for typing errors: kind is 'product' or 'customer'.
create table search_term (
    kind text not null,
    term text not null,
    primary key (kind, term)
) strict;

-- Whoever asks for the word also finds what has the other.
create table search_synonym (
    word text not null,
    means text not null,
    primary key (word, means)
) strict;

-- What of the catalogue is there for somebody: categories with all below them, single articles, and articles that are left out all the same. products: how many of
-- them are sold.
create table assortment (
    id text primary key,
    code text not null unique,
    name text not null,
    products integer not null,
    changed_at integer not null,
    changed_by text not null,
    version integer not null
) strict;

-- kind: 'category', 'article' or 'without'.
create table assortment_entry (
    id text primary key,
    assortment_id text not null references assortment (id) on delete cascade deferrable initially deferred,
    kind text not null,
    category_id text references category (id) deferrable initially deferred,
    product_id text references product (id) on delete cascade deferrable initially deferred,
    check ((kind = 'category') = (category_id is not null)),
    check ((category_id is null) <> (product_id is null))
) strict;
create unique index ux_assortment_entry_category on assortment_entry (assortment_id, category_id) where category_id is not null;
create unique index ux_assortment_entry_product on assortment_entry (assortment_id, product_id) where product_id is not null;
create index ix_assortment_entry_product on assortment_entry (product_id) where product_id is not null;
create index ix_assortment_entry_category on assortment_entry (category_id) where category_id is not null;

-- What an assortment holds, kept from its entries, with what the lists of the catalogue are ordered by: they read these as they read the articles themselves.
create table assortment_product (
    assortment_id text not null references assortment (id) on delete cascade deferrable initially deferred,
    product_id text not null references product (id) on delete cascade deferrable initially deferred,
    category_id text,
    status text not null,
    sort_name text not null,
    sku text not null,
    price_minor integer not null,
    price_per integer not null,
    primary key (assortment_id, product_id)
) strict;
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
    id text primary key,
    code text not null unique,
    name text not null,
    currency text not null,
    source text not null,
    for_everybody integer not null,
    percent_millionths integer,
    valid_from integer,
    valid_until integer,
    version integer not null
) strict;

create index ix_price_list_everybody on price_list (currency) where for_everybody = 1;

create table price (
    price_list_id text not null references price_list (id) deferrable initially deferred,
    product_id text not null references product (id) deferrable initially deferred,
    min_quantity_thousandths integer not null,
    price_minor integer not null,
    price_per integer not null,
    primary key (price_list_id, product_id, min_quantity_thousandths)
) strict;
create index ix_price_product on price (product_id);

-- Percentages off the base price in a category and those below it.
create table price_list_discount (
    price_list_id text not null references price_list (id) deferrable initially deferred,
    category_id text not null references category (id) deferrable initially deferred,
    percent_millionths integer not null,
    primary key (price_list_id, category_id)
) strict;

create table tax_rate (
    country text not null,
    region text not null,
    tax_class text not null,
    rate_millionths integer not null,
    primary key (country, region, tax_class)
) strict;

create table shipping_method (
    code text primary key,
    name text not null,
    countries text not null,
    price_minor integer not null,
    currency text not null,
    free_from_minor integer,
    most_milligrams integer
) strict;

create table shipping_rate (
    method_code text not null references shipping_method (code) on delete cascade deferrable initially deferred,
    countries text not null,
    region text not null,
    from_milligrams integer not null,
    from_minor integer not null,
    price_minor integer not null,
    primary key (method_code, countries, region, from_milligrams, from_minor)
) strict;

create table payment_method (
    code text primary key,
    is_on integer not null,
    countries text not null,
    customers text not null
) strict;

-- People ----------------------------------------------------------------------------------------------------------------------

create table staff (
    id text primary key,
    email text not null,
    email_normalized text not null unique,
    first_name text not null,
    last_name text not null,
    role text not null,
    staff_group text,
    commission_percent_millionths integer not null,
    access_all_customers integer not null,
    may_adjust_prices integer not null,
    may_create_customers integer not null,
    status text not null,
    password_hash text,
    security_stamp text not null,
    failed_count integer not null,
    lockout_end integer,
    invited_at integer,
    created_at integer not null,
    version integer not null,
    language text
) strict;

create table company (
    id text primary key,
    number text not null unique,
    external_id text,
    name text not null,
    sort_name text not null,
    parent_id text references company (id) deferrable initially deferred,
    country text,
    language text,
    currency text not null,
    contract_number text,
    segment text,
    tax_id text,
    order_email text,
    kind text not null default 'customer',
    status text not null,
    price_list_id text references price_list (id) deferrable initially deferred,
    sales_rep_id text references staff (id) deferrable initially deferred,
    order_count integer not null,
    last_order_at integer,
    created_at integer not null,
    version integer not null,
    session_id text references assisted_session (id) deferrable initially deferred,
    audit_event_id text references audit_event (id) deferrable initially deferred
) strict;
create index ix_company_sort on company (sort_name, id);
create index ix_company_country on company (country, sort_name, id, segment, status);
create index ix_company_segment on company (segment, sort_name, id, country, status) where segment is not null;
create index ix_company_status on company (status, sort_name, id, country, segment);
create index ix_company_parent on company (parent_id);
create index ix_company_external on company (external_id);
create index ix_company_tax on company (tax_id) where tax_id is not null;

-- What was changed of a company: its status with the reason, and every other field. Without a staff member the import did it.
create table company_change (
    id text primary key,
    company_id text not null references company (id) deferrable initially deferred,
    field text not null,
    before text,
    after text,
    reason text,
    staff_id text references staff (id) deferrable initially deferred,
    changed_at integer not null
) strict;
create index ix_company_change on company_change (company_id, changed_at, id);

create table staff_assignment (
    staff_id text not null references staff (id) deferrable initially deferred,
    company_id text not null references company (id) deferrable initially deferred,
    assigned_at integer not null,
    until integer,
    primary key (staff_id, company_id)
) strict;
create index ix_staff_assignment_company on staff_assignment (company_id);

create table buyer (
    id text primary key,
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
    lockout_end integer,
    invited_at integer,
    created_at integer not null,
    version integer not null,
    language text,
    session_id text references assisted_session (id) deferrable initially deferred,
    audit_event_id text references audit_event (id) deferrable initially deferred
) strict;
create index ix_buyer_external on buyer (external_id);
create index ix_buyer_closed on buyer (id) where status = 'inactive';

-- A role that a company made itself; its rights are the bits that the program names.
create table company_role (
    id text primary key,
    company_id text not null references company (id) deferrable initially deferred,
    name text not null,
    name_key text not null,
    rights integer not null,
    created_at integer not null,
    version integer not null,
    unique (company_id, name_key)
) strict;

-- A consumer is a membership in no company.
create table membership (
    id text primary key,
    buyer_id text not null references buyer (id) deferrable initially deferred,
    company_id text references company (id) deferrable initially deferred,
    role text not null,
    -- The role itself when it is one of the company's own (then the word is 'own').
    company_role_id text references company_role (id) deferrable initially deferred,
    status text not null,
    sort_name text not null,
    created_at integer not null,
    session_id text references assisted_session (id) deferrable initially deferred,
    audit_event_id text references audit_event (id) deferrable initially deferred,
    check ((role = 'own') = (company_role_id is not null))
) strict;
create unique index ux_membership_company on membership (buyer_id, company_id) where company_id is not null;
create unique index ux_membership_consumer on membership (buyer_id) where company_id is null;
create index ix_membership_company on membership (company_id, sort_name, id);
create index ix_membership_role on membership (company_role_id) where company_role_id is not null;
create index ix_membership_consumer on membership (sort_name, id) where company_id is null;

-- A company's own list of what its orders are booked on. Without a member it is open to all its people.
create table cost_centre (
    id text primary key,
    company_id text not null references company (id) deferrable initially deferred,
    code text not null,
    name text not null,
    is_active integer not null,
    created_at integer not null,
    version integer not null,
    unique (company_id, code)
) strict;

create table cost_centre_member (
    cost_centre_id text not null references cost_centre (id) on delete cascade deferrable initially deferred,
    membership_id text not null references membership (id) on delete cascade deferrable initially deferred,
    primary key (cost_centre_id, membership_id)
) strict;
create index ix_cost_centre_member_membership on cost_centre_member (membership_id);

-- How much may be ordered before the company has to approve: by a person, on a cost centre, or by all of it; in an order or a period.
create table budget (
    id text primary key,
    company_id text not null references company (id) deferrable initially deferred,
    membership_id text references membership (id) on delete cascade deferrable initially deferred,
    cost_centre_id text references cost_centre (id) on delete cascade deferrable initially deferred,
    period text not null,
    amount_minor integer not null,
    currency text not null,
    created_at integer not null,
    version integer not null,
    check (membership_id is null or cost_centre_id is null)
) strict;
create index ix_budget_company on budget (company_id);
create index ix_budget_membership on budget (membership_id) where membership_id is not null;

-- Who approves orders that wait: the first all of them, each further one those above an amount.
create table approver (
    company_id text not null references company (id) deferrable initially deferred,
    level integer not null,
    membership_id text not null references membership (id) on delete cascade deferrable initially deferred,
    above_minor integer not null,
    currency text not null,
    primary key (company_id, level)
) strict;
create index ix_approver_membership on approver (membership_id);

create table approver_deputy (
    membership_id text primary key references membership (id) on delete cascade deferrable initially deferred,
    deputy_id text not null references membership (id) on delete cascade deferrable initially deferred,
    since integer not null,
    until integer not null
) strict;
create index ix_approver_deputy on approver_deputy (deputy_id);

-- Words by which staff find a customer; membership_id is null where the word is the company's own.
create table customer_word (
    word text not null,
    company_id text references company (id) on delete cascade deferrable initially deferred,
    membership_id text references membership (id) on delete cascade deferrable initially deferred,
    weight integer not null
) strict;
create index ix_customer_word on customer_word (word, company_id, membership_id, weight);
create index ix_customer_word_company on customer_word (company_id, word, membership_id, weight);
create index ix_customer_word_membership on customer_word (membership_id, word);

create table address (
    id text primary key,
    company_id text references company (id) deferrable initially deferred,
    buyer_id text references buyer (id) deferrable initially deferred,
    label text,
    recipient text,
    line1 text not null,
    line2 text,
    city text not null,
    region text,
    postal_code text,
    country text not null,
    is_billing integer not null,
    is_shipping integer not null,
    by_others integer not null default 0,
    created_at integer not null,
    version integer not null,
    session_id text references assisted_session (id) deferrable initially deferred,
    audit_event_id text references audit_event (id) deferrable initially deferred,
    check ((company_id is null) <> (buyer_id is null))
) strict;
create index ix_address_company on address (company_id) where company_id is not null;
create index ix_address_buyer on address (buyer_id) where buyer_id is not null;

-- Which address the checkout chooses first: of a company for all its people, or of one person in his place there.
create table address_choice (
    id text primary key,
    company_id text references company (id) deferrable initially deferred,
    membership_id text references membership (id) on delete cascade deferrable initially deferred,
    purpose text not null check (purpose in ('billing', 'shipping')),
    address_id text not null references address (id) on delete cascade deferrable initially deferred,
    session_id text references assisted_session (id) deferrable initially deferred,
    audit_event_id text references audit_event (id) deferrable initially deferred,
    check ((company_id is null) <> (membership_id is null))
) strict;
create unique index ix_address_choice_company on address_choice (company_id, purpose) where company_id is not null;
create unique index ix_address_choice_membership on address_choice (membership_id, purpose) where membership_id is not null;
create index ix_address_choice_address on address_choice (address_id);

create table customer_group (
    id text primary key,
    code text not null unique,
    name text not null,
    version integer not null
) strict;

-- What a company, or a private customer, has agreed with the seller: exactly one of the two.
create table customer_terms (
    id text primary key,
    company_id text references company (id) deferrable initially deferred,
    membership_id text references membership (id) deferrable initially deferred,
    customer_group_id text references customer_group (id) deferrable initially deferred,
    exemption_number text,
    exemption_from integer,
    exemption_until integer,
    credit_approved integer not null default 0,
    shows_gross integer not null default 0,
    version integer not null,
    check ((company_id is null) <> (membership_id is null))
) strict;
-- For whom a price list counts, beside the companies that name it as theirs.
create table price_list_company (
    price_list_id text not null references price_list (id) deferrable initially deferred,
    company_id text not null references company (id) deferrable initially deferred,
    primary key (price_list_id, company_id)
) strict;
create index ix_price_list_company on price_list_company (company_id);

create table price_list_group (
    price_list_id text not null references price_list (id) deferrable initially deferred,
    customer_group_id text not null references customer_group (id) deferrable initially deferred,
    primary key (price_list_id, customer_group_id)
) strict;
create index ix_price_list_group on price_list_group (customer_group_id);

create unique index ux_customer_terms_company on customer_terms (company_id) where company_id is not null;
create unique index ux_customer_terms_membership on customer_terms (membership_id) where membership_id is not null;
create index ix_customer_terms_group on customer_terms (customer_group_id) where customer_group_id is not null;

-- Who has which assortment: a company with all below it, a customer group, a country, or everybody.
create table assortment_assignment (
    id text primary key,
    assortment_id text not null references assortment (id) deferrable initially deferred,
    kind text not null,
    company_id text references company (id) deferrable initially deferred,
    customer_group_id text references customer_group (id) deferrable initially deferred,
    country text,
    check ((kind = 'company') = (company_id is not null)),
    check ((kind = 'group') = (customer_group_id is not null)),
    check ((kind = 'country') = (country is not null))
) strict;
create unique index ux_assortment_assignment_company on assortment_assignment (company_id) where company_id is not null;
create unique index ux_assortment_assignment_group on assortment_assignment (customer_group_id) where customer_group_id is not null;
create unique index ux_assortment_assignment_country on assortment_assignment (country) where country is not null;
create unique index ux_assortment_assignment_everybody on assortment_assignment (kind) where kind = 'everybody';
create index ix_assortment_assignment_assortment on assortment_assignment (assortment_id);

-- Sign-ins and assisted sessions ------------------------------------------------------------------------------------------------

-- A sign-in of a staff member or of a buyer: exactly one of the two.
create table sign_in (
    id text primary key,
    staff_id text references staff (id) deferrable initially deferred,
    buyer_id text references buyer (id) deferrable initially deferred,
    membership_id text references membership (id) deferrable initially deferred,
    token_hash blob not null unique,
    created_at integer not null,
    last_seen_at integer not null,
    idle_seconds integer not null,
    hard_ends_at integer not null,
    ended_at integer,
    end_cause text,
    device text,
    method text not null,
    proved_at integer not null,
    second_factor_at integer,
    provider_session text,
    check ((staff_id is null) <> (buyer_id is null))
) strict;
create index ix_sign_in_staff on sign_in (staff_id, created_at) where staff_id is not null;
create index ix_sign_in_buyer on sign_in (buyer_id, created_at) where buyer_id is not null;
create index ix_sign_in_hard_end on sign_in (hard_ends_at);
create index ix_sign_in_browser on sign_in (hard_ends_at) where device is not null or provider_session is not null;
create index ix_sign_in_provider_session on sign_in (provider_session) where provider_session is not null;

-- Codes that were mailed to somebody: each works once.
create table one_time_code (
    id text primary key,
    purpose text not null,
    staff_id text references staff (id) deferrable initially deferred,
    buyer_id text references buyer (id) deferrable initially deferred,
    code_hash blob not null unique,
    payload text,
    created_at integer not null,
    expires_at integer not null,
    used_at integer,
    check ((staff_id is null) <> (buyer_id is null))
) strict;
create index ix_one_time_code_staff on one_time_code (staff_id) where used_at is null;
create index ix_one_time_code_buyer on one_time_code (buyer_id) where used_at is null;
create index ix_one_time_code_expires on one_time_code (expires_at);

-- What a company lets a colleague, the seller's staff, or people of its dealer do for its people: a row for each version. Without a membership for all its people; without
-- an operator for all of the seller's staff. Days are bits from Sunday, 0 is every day.
create table assist_mandate (
    id text primary key,
    mandate_id text not null,
    version integer not null,
    company_id text not null references company (id) deferrable initially deferred,
    operator_membership_id text references membership (id) deferrable initially deferred,
    operator_staff_id text references staff (id) deferrable initially deferred,
    operator_company_id text references company (id) deferrable initially deferred,
    membership_id text references membership (id) deferrable initially deferred,
    highest text not null,
    rights integer not null,
    days integer not null,
    until integer,
    currency text not null,
    per_order_minor integer,
    per_month_minor integer,
    approval_above_minor integer,
    status text not null,
    created_at integer not null,
    created_by_id text not null references buyer (id) deferrable initially deferred,
    created_by text not null,
    ended_at integer,
    ended_by text,
    ended_by_id text,
    unique (mandate_id, version),
    check ((operator_membership_id is not null) + (operator_staff_id is not null) + (operator_company_id is not null) <= 1)
) strict;
create index ix_assist_mandate_company on assist_mandate (company_id, status);

-- Second steps of staff: the app, and codes for when it is lost.
create table authenticator (
    staff_id text primary key references staff (id) deferrable initially deferred,
    secret text not null,
    last_step integer not null,
    confirmed_at integer not null
) strict;

create table recovery_code (
    id text primary key,
    staff_id text not null references staff (id) deferrable initially deferred,
    code_hash blob not null
) strict;
create unique index ux_recovery_code on recovery_code (staff_id, code_hash);

create table passkey (
    id text primary key,
    staff_id text not null references staff (id) deferrable initially deferred,
    credential_id blob not null unique,
    name text not null,
    public_key blob not null,
    sign_count integer not null,
    transports text,
    is_user_verified integer not null,
    is_backup_eligible integer not null,
    is_backed_up integer not null,
    created_at integer not null,
    used_at integer
) strict;
create index ix_passkey_staff on passkey (staff_id);

-- Staff who sign in by the external provider.
create table provider_link (
    issuer text not null,
    subject text not null,
    staff_id text not null references staff (id) deferrable initially deferred,
    linked_at integer not null,
    primary key (issuer, subject)
) strict;
create unique index ux_provider_link_staff on provider_link (staff_id, issuer);

-- Sign-ins that are not finished.
create table sign_in_step (
    id text primary key,
    token_hash blob not null unique,
    kind text not null,
    staff_id text references staff (id) deferrable initially deferred,
    stamp text,
    method text,
    provider_session text,
    state text,
    return_url text,
    created_at integer not null,
    expires_at integer not null,
    used_at integer
) strict;
create index ix_sign_in_step_expires on sign_in_step (expires_at);

create table assisted_session (
    id text primary key,
    handle text not null unique,
    token_hash blob not null unique,
    operator_staff_id text references staff (id) deferrable initially deferred,
    operator_buyer_id text references buyer (id) deferrable initially deferred,
    operator_membership_id text references membership (id) deferrable initially deferred,
    operator_sign_in_id text not null references sign_in (id) deferrable initially deferred,
    slot integer not null check (slot between 1 and 5),
    mandate_id text references assist_mandate (id) deferrable initially deferred,
    membership_id text references membership (id) deferrable initially deferred,
    buyer_id text references buyer (id) deferrable initially deferred,
    company_id text references company (id) deferrable initially deferred,
    mode text not null,
    raised_mode text,
    raised_until integer,
    raise_reason text,
    narrowed integer not null,
    is_emergency integer not null,
    reason_code text not null,
    reason_text text,
    ticket text,
    rule text not null,
    policy_version integer not null,
    rights integer not null,
    -- The cart of a fast order, which comes into being with its first line.
    fast_order_cart_id text,
    return_path text not null,
    status text not null,
    started_at integer not null,
    idle_seconds integer not null,
    hard_ends_at integer not null,
    network text,
    browser text,
    ended_at integer,
    end_cause text,
    check ((operator_staff_id is null) <> (operator_buyer_id is null)),
    check ((operator_buyer_id is null) = (operator_membership_id is null)),
    check (membership_id is not null or company_id is not null)
) strict;
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
    session_id text primary key references assisted_session (id) deferrable initially deferred,
    last_seen_at integer not null,
    entries integer not null,
    is_over integer not null,
    ticket text,
    ticket_ref text
) strict;

-- "I did not ask for this": while a case is open nobody acts for the buyer, or for the company as a whole.
create table assist_case (
    id text primary key,
    buyer_id text references buyer (id) deferrable initially deferred,
    company_id text references company (id) deferrable initially deferred,
    session_id text not null references assisted_session (id) deferrable initially deferred,
    note text,
    opened_at integer not null,
    closed_at integer,
    closed_by_id text references staff (id) deferrable initially deferred,
    closed_by text,
    close_note text,
    check ((buyer_id is null) <> (company_id is null))
) strict;
create unique index ux_assist_case_open on assist_case (buyer_id) where closed_at is null and buyer_id is not null;
create unique index ux_assist_case_company on assist_case (company_id) where closed_at is null and company_id is not null;
create index ix_assist_case_opened on assist_case (opened_at, id);

-- Versions of the rules that say who may act for whom; one in force, one proposed and one in the making at most. Without a row the product's own count.
create table assist_policy (
    version integer primary key,
    status text not null,
    body text not null,
    note text,
    created_at integer not null,
    created_by_id text not null references staff (id) deferrable initially deferred,
    created_by text not null,
    proposed_at integer,
    decided_at integer,
    decided_by_id text references staff (id) deferrable initially deferred,
    decided_by text
) strict;
create unique index ux_assist_policy_status on assist_policy (status) where status in ('draft', 'proposed');

-- For whom nobody acts, until the protection is lifted: a buyer in all his places, or all people of a company.
create table assist_protection (
    id text primary key,
    buyer_id text references buyer (id) deferrable initially deferred,
    company_id text references company (id) deferrable initially deferred,
    reason text not null,
    since integer not null,
    set_by text not null,
    set_by_id text,
    lifted_at integer,
    lifted_by text,
    lifted_by_id text,
    check ((buyer_id is null) <> (company_id is null))
) strict;
create unique index ux_assist_protection_buyer on assist_protection (buyer_id) where lifted_at is null and buyer_id is not null;
create unique index ux_assist_protection_company on assist_protection (company_id) where lifted_at is null and company_id is not null;

-- How far staff go below the prices of the shop by themselves; the first that fits counts.
create table deal_limit (
    id text primary key,
    position integer not null,
    name text not null,
    staff_role text,
    staff_group text,
    customer_group_id text references customer_group (id) deferrable initially deferred,
    category_id text references category (id) deferrable initially deferred,
    currency text,
    from_minor integer,
    most_off_millionths integer,
    least_margin_millionths integer,
    month_minor integer,
    version integer not null
) strict;

-- A price beyond somebody's limits, for which he asked.
create table deal (
    id text primary key,
    staff_id text not null references staff (id) deferrable initially deferred,
    company_id text references company (id) deferrable initially deferred,
    membership_id text references membership (id) deferrable initially deferred,
    product_id text not null references product (id) deferrable initially deferred,
    quantity_thousandths integer not null,
    currency text not null,
    price_per integer not null,
    regular_minor integer not null,
    asked_minor integer not null,
    value_minor integer not null,
    reason text,
    status text not null,
    asked_at integer not null,
    decided_at integer,
    decided_by_id text references staff (id) deferrable initially deferred,
    decided_minor integer,
    answer text,
    until integer,
    version integer not null,
    check ((company_id is null) <> (membership_id is null))
) strict;
create unique index ux_deal_waiting on deal (staff_id, product_id, coalesce(company_id, membership_id)) where status = 'waiting';
create index ix_deal_waiting on deal (asked_at) where status = 'waiting';
create index ix_deal_staff on deal (staff_id, asked_at);

-- What staff ask a supervisor for: access to a company for a time, or the approval of one start for a buyer.
create table assist_request (
    id text primary key,
    kind text not null,
    staff_id text not null references staff (id) deferrable initially deferred,
    company_id text references company (id) deferrable initially deferred,
    membership_id text references membership (id) deferrable initially deferred,
    note text,
    status text not null,
    asked_at integer not null,
    decided_at integer,
    decided_by_id text references staff (id) deferrable initially deferred,
    decided_by text,
    until integer,
    check ((company_id is null) <> (membership_id is null))
) strict;
create unique index ux_assist_request_company on assist_request (staff_id, kind, company_id) where status = 'asked' and company_id is not null;
create unique index ux_assist_request_membership on assist_request (staff_id, membership_id) where status = 'asked' and membership_id is not null;
create index ix_assist_request_status on assist_request (status, asked_at);

-- A start on its way from the staff host to the shop host; the row is gone when it arrived.
create table assist_hand_over (
    id text primary key,
    code_hash blob not null,
    browser_hash blob not null,
    staff_id text not null references staff (id) deferrable initially deferred,
    sign_in_id text not null,
    request text not null,
    landing text not null,
    made_at integer not null
) strict;
create index ix_assist_hand_over_staff on assist_hand_over (staff_id);

-- To which company an operator asked to switch, out of his session for another one; it carries no authority, and counts for a minute.
create table assist_switch (
    staff_id text primary key references staff (id) deferrable initially deferred,
    sign_in_id text not null,
    session_id text not null,
    company_id text not null references company (id) deferrable initially deferred,
    made_at integer not null
) strict;

-- A start that a staff member wishes of a colleague; the id stands in a mail and carries no authority.
create table assist_link (
    id text primary key,
    made_by_id text not null references staff (id) deferrable initially deferred,
    staff_id text not null references staff (id) deferrable initially deferred,
    membership_id text not null references membership (id) deferrable initially deferred,
    reason_code text not null,
    reason_text text,
    ticket text,
    status text not null,
    made_at integer not null,
    expires_at integer not null,
    ended_at integer
) strict;
create index ix_assist_link_membership on assist_link (membership_id, made_at);

-- What a buyer (in one of his places) or a company agreed to, or took back: the newest row that is not over counts.
create table assist_consent (
    id text primary key,
    membership_id text references membership (id) deferrable initially deferred,
    company_id text references company (id) deferrable initially deferred,
    kind text not null,
    whom text not null,
    staff_id text references staff (id) deferrable initially deferred,
    operator_membership_id text references membership (id) deferrable initially deferred,
    status text not null,
    highest text not null,
    withheld integer not null,
    until integer,
    how text not null,
    given_at integer not null,
    given_by text not null,
    given_by_id text,
    withdrawn_at integer,
    withdrawn_by text,
    withdrawn_by_id text,
    session_id text references assisted_session (id) deferrable initially deferred,
    check ((membership_id is null) <> (company_id is null)),
    check ((whom = 'staff') = (staff_id is not null)),
    check ((whom = 'colleague') = (operator_membership_id is not null))
) strict;
create index ix_assist_consent_membership on assist_consent (membership_id, given_at);
create index ix_assist_consent_company on assist_consent (company_id, given_at);

-- A buyer is asked whether a staff member or a colleague may act for him once, or, as its administrator, for the company as a whole.
create table assist_ask (
    id text primary key,
    staff_id text references staff (id) deferrable initially deferred,
    operator_membership_id text references membership (id) deferrable initially deferred,
    membership_id text not null references membership (id) deferrable initially deferred,
    company_id text references company (id) deferrable initially deferred,
    reason_code text not null,
    note text,
    mode text not null,
    minutes integer not null,
    status text not null,
    code_hash blob not null,
    code_sealed text not null,
    link_hash blob not null unique,
    tries integer not null,
    asked_at integer not null,
    expires_at integer not null,
    answered_at integer,
    how text,
    check ((staff_id is null) <> (operator_membership_id is null))
) strict;
create index ix_assist_ask_membership on assist_ask (membership_id, status);
create index ix_assist_ask_staff on assist_ask (staff_id, asked_at);
create index ix_assist_ask_colleague on assist_ask (operator_membership_id, asked_at) where operator_membership_id is not null;

-- What a company asks for, whatever the shop's rules ask for.
create table assist_company (
    company_id text primary key references company (id) deferrable initially deferred,
    consent text not null,
    lets_act_upwards integer not null,
    changed_at integer not null,
    changed_by text not null,
    changed_by_id text
) strict;

-- What is closed to sessions by the role of the operator: names of pages and actions with blanks between.
create table assist_closed (
    role text primary key,
    pages text not null,
    changed_at integer not null,
    changed_by text not null,
    changed_by_id text
) strict;

-- What an operator (staff member or buyer) has ordered in sessions for a customer (company, or membership of a consumer) in a month (2026-11).
create table assist_spending (
    operator_id text not null,
    customer_id text not null,
    month text not null,
    currency text not null,
    amount_minor integer not null,
    primary key (operator_id, customer_id, month, currency)
) strict;

-- What alerts count, by staff member, for an hour; the row of the empty subject says when supervisors were told.
create table assist_watch (
    staff_id text not null references staff (id) deferrable initially deferred,
    what text not null,
    subject text not null,
    at integer not null,
    primary key (staff_id, what, subject)
) strict;

-- Audit -------------------------------------------------------------------------------------------------------------------------

-- People are here by their references in person_key: an erasure deletes that row, and nothing of these. What stands beside the entry is there to find it.
-- about: what it is about beside people, companies and orders: 'product:ID', 'setting:NAME', 'person:REF'. ticket_ref: of the ticket, made with a key outside the database.
create table audit_event (
    seq integer primary key autoincrement,
    id text not null unique,
    at integer not null,
    name text not null,
    operator_staff_ref text,
    operator_buyer_ref text,
    actor_part text,
    buyer_ref text,
    company_id text,
    session_id text,
    order_id text,
    about text,
    session_mode text,
    reason_code text,
    ticket_ref text,
    outcome text not null,
    -- A leaf of the log is shorter than this.
    entry text not null check (length(cast(entry as blob)) < 65536)
) strict;
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
    person_id text primary key,
    kind text not null,
    ref text not null unique,
    wrapped blob not null,
    wrapped_by text not null,
    created_at integer not null
) strict;
create index ix_person_key_wrapped_by on person_key (wrapped_by);

-- value: salt and text, sealed under the key of key_ref for this field of this event.
create table audit_private (
    event_id text not null references audit_event (id) deferrable initially deferred,
    field text not null,
    value blob not null,
    key_ref text not null,
    primary key (event_id, field)
) strict;
create index ix_audit_private_key on audit_private (key_ref);

-- While it stands nobody erases the person.
create table legal_hold (
    id text primary key,
    buyer_id text references buyer (id) deferrable initially deferred,
    staff_id text references staff (id) deferrable initially deferred,
    reason text not null,
    since integer not null,
    set_by text not null,
    set_by_id text,
    lifted_at integer,
    lifted_by text,
    lifted_by_id text,
    check ((buyer_id is null) <> (staff_id is null))
) strict;
create index ix_legal_hold_buyer on legal_hold (buyer_id) where buyer_id is not null;
create index ix_legal_hold_staff on legal_hold (staff_id) where staff_id is not null;

-- An erasure for which somebody has asked and that somebody else has to confirm; the row goes with the person.
create table erasure_proposal (
    person_id text primary key,
    kind text not null,
    asked_by_id text not null references staff (id) deferrable initially deferred,
    asked_by text not null,
    asked_at integer not null,
    expires_at integer not null
) strict;

-- Since when retention knows that an account is closed: from then on its time counts.
create table closed_person (
    person_id text primary key,
    kind text not null,
    seen_at integer not null
) strict;
create index ix_closed_person on closed_person (kind, seen_at);

create table erasure_request (
    buyer_id text primary key references buyer (id) deferrable initially deferred,
    asked_at integer not null
) strict;

-- What is not in the log yet. Absence from this queue, and not "newer than the last one seen", says that an event is in it.
create table audit_pending (
    seq integer primary key,
    event_id text not null
) strict;

create table audit_leaf (
    leaf_index integer primary key,
    event_id text not null unique references audit_event (id) deferrable initially deferred,
    leaf_hash blob not null
) strict;

-- The one row of the tree: how its log calls itself, its compact range, up to where a signed checkpoint is published, and what is wrong when nothing more is signed.
create table audit_tree (
    id integer primary key check (id = 1),
    origin text not null,
    size integer not null,
    frontier blob not null,
    published integer not null,
    -- The size of the checkpoint that everybody is shown. It never goes back.
    shown integer not null default 0,
    trouble text,
    trouble_code text,
    -- From which entry on they are kept, which were emptied already, and from when on that is.
    pruned integer not null default 0,
    emptied integer not null default 0,
    kept_since integer
) strict;
insert into audit_tree (id, origin, size, frontier, published) values (1, '', 0, x'', 0);

-- Every checkpoint that was signed. An origin is followed by another one when the log goes on after a restore.
create table audit_checkpoint (
    origin text not null,
    size integer not null,
    root blob not null,
    at integer not null,
    note text not null,
    is_witnessed integer not null,
    primary key (origin, size)
) strict;

create index ix_audit_checkpoint_witnessed on audit_checkpoint (origin, size) where is_witnessed;

-- Searches of the log that staff keep. query: the part of a URL behind the question mark, in which people are references.
create table audit_search (
    id text primary key,
    name text not null,
    query text not null,
    staff_id text not null references staff (id) deferrable initially deferred,
    is_shared integer not null,
    made_at integer not null
) strict;
create index ix_audit_search_staff on audit_search (staff_id);

-- What lets an auditor fetch the entries of the log.
create table audit_access (
    id text primary key,
    name text not null,
    token_hash blob not null unique,
    made_by_id text not null references staff (id) deferrable initially deferred,
    made_at integer not null,
    expires_at integer not null,
    revoked_at integer,
    used_at integer
) strict;

-- Where the log is sent to as it grows. token and signing_key are sealed by the master key; before next_index every leaf was acknowledged.
create table audit_stream (
    id text primary key,
    name text not null,
    kind text not null,
    address text not null,
    form text not null,
    token text,
    signing_key text,
    authority text,
    is_on integer not null,
    made_by_id text not null references staff (id) deferrable initially deferred,
    made_at integer not null,
    next_index integer not null,
    failures integer not null,
    next_attempt_at integer not null,
    sent_at integer,
    last_error text
) strict;

-- Rules that are not as they come with the product, up to where the log was looked at, and what was found; of one rule there is one alert about the same.
create table alert_rule (
    rule text primary key,
    is_on integer not null,
    threshold integer not null,
    changed_at integer not null
) strict;

create table alert_cursor (
    id integer primary key check (id = 1),
    next_index integer not null
) strict;
insert into alert_cursor (id, next_index) values (1, 0);

create table alert (
    id text primary key,
    rule text not null,
    about text not null,
    at integer not null,
    threshold integer not null,
    events text not null,
    unique (rule, about)
) strict;
create index ix_alert_at on alert (at);

create trigger audit_event_queue after insert on audit_event begin
    insert into audit_pending (seq, event_id) values (new.seq, new.id);
end;

-- Of an event that the log does not keep any more its number and id stay, for the rows that name it, and nothing else.
create trigger audit_event_is_not_changed before update on audit_event when not (
    new.seq = old.seq and new.id = old.id and new.at = old.at and new.name = '' and new.outcome = '' and new.entry = ''
    and coalesce(new.operator_staff_ref, new.operator_buyer_ref, new.buyer_ref, new.company_id, new.session_id, new.order_id) is null
    and coalesce(new.actor_part, new.about, new.session_mode, new.reason_code, new.ticket_ref) is null
    and exists (select 1 from audit_leaf l, audit_tree t where l.event_id = old.id and l.leaf_index < t.pruned))
begin
    select raise(abort, 'audit_event is append-only');
end;
create trigger audit_event_is_not_deleted before delete on audit_event begin select raise(abort, 'audit_event is append-only'); end;
create trigger audit_private_is_not_changed before update on audit_private begin select raise(abort, 'audit_private is append-only'); end;
-- A value goes when its key is gone, and not before: erasing deletes the key first; or with its event, when the log does not keep that any more.
create trigger audit_private_is_not_deleted before delete on audit_private when exists (select 1 from person_key where ref = old.key_ref)
    and not exists (select 1 from audit_leaf l, audit_tree t where l.event_id = old.event_id and l.leaf_index < t.pruned)
begin
    select raise(abort, 'audit_private is append-only as long as there is a key');
end;
-- Replacing is not deleting to SQLite: no trigger of a delete would see it.
create trigger audit_event_is_not_replaced before insert on audit_event when exists (select 1 from audit_event where seq = new.seq or id = new.id)
begin
    select raise(abort, 'audit_event is append-only');
end;
create trigger audit_private_is_not_replaced before insert on audit_private when exists (select 1 from audit_private where event_id = new.event_id and field = new.field)
begin
    select raise(abort, 'audit_private is append-only');
end;
create trigger audit_leaf_is_not_replaced before insert on audit_leaf when exists (select 1 from audit_leaf where leaf_index = new.leaf_index or event_id = new.event_id)
begin
    select raise(abort, 'audit_leaf is append-only');
end;
create trigger audit_leaf_is_not_changed before update on audit_leaf begin select raise(abort, 'audit_leaf is append-only'); end;
create trigger audit_leaf_is_not_deleted before delete on audit_leaf begin select raise(abort, 'audit_leaf is append-only'); end;

-- Carts -------------------------------------------------------------------------------------------------------------------------

-- A buyer's cart, or (base_cart_id set) the branch of it on which an assisted session works; or the cart of a company as a whole, on which sessions for it work.
create table cart (
    id text primary key,
    membership_id text references membership (id) deferrable initially deferred,
    company_id text references company (id) deferrable initially deferred,
    currency text not null,
    coupon_codes text,
    -- What staff agreed: off all of it, an amount or millionths; and what sending it costs.
    agreed_discount_minor integer,
    agreed_discount_millionths integer,
    agreed_discount_reason text,
    agreed_discount_by_id text references staff (id) deferrable initially deferred,
    agreed_shipping_minor integer,
    agreed_shipping_reason text,
    agreed_shipping_by_id text references staff (id) deferrable initially deferred,
    status text not null,
    base_cart_id text references cart (id) deferrable initially deferred,
    base_version integer,
    session_id text references assisted_session (id) deferrable initially deferred,
    expires_at integer,
    created_at integer not null,
    changed_at integer not null,
    version integer not null,
    audit_event_id text references audit_event (id) deferrable initially deferred,
    name text,
    check ((membership_id is null) <> (company_id is null)),
    check (company_id is null or base_cart_id is null)
) strict;
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
    id text primary key,
    cart_id text not null references cart (id) on delete cascade deferrable initially deferred,
    position integer not null,
    product_id text not null references product (id) deferrable initially deferred,
    quantity_thousandths integer not null,
    base_line_id text,
    base_quantity_thousandths integer,
    -- What staff agreed for it: a price, or millionths off the price that counts.
    agreed_minor integer,
    agreed_per integer,
    agreed_off_millionths integer,
    agreed_reason text,
    agreed_alternative text,
    agreed_by_id text references staff (id) deferrable initially deferred,
    -- Of a price that was taken from a proposal.
    agreed_approved_by_id text references staff (id) deferrable initially deferred,
    agreed_only_thousandths integer,
    agreed_until integer,
    unique (cart_id, product_id)
) strict;

-- A branch that was handed over: what an operator changed in the cart of a buyer, who takes it or not. status: open, taken, declined, withdrawn, expired.
create table cart_proposal (
    id text primary key,
    cart_id text not null references cart (id) on delete cascade deferrable initially deferred,
    membership_id text not null references membership (id) deferrable initially deferred,
    made_by_staff_id text references staff (id) deferrable initially deferred,
    made_by_buyer_id text references buyer (id) deferrable initially deferred,
    currency text not null,
    words text,
    coupons_before text,
    coupons text,
    status text not null,
    answer text,
    made_at integer not null,
    expires_at integer not null,
    ended_at integer,
    version integer not null
) strict;
create index ix_cart_proposal_membership on cart_proposal (membership_id, made_at);
create index ix_cart_proposal_cart on cart_proposal (cart_id);
create index ix_cart_proposal_staff on cart_proposal (made_by_staff_id, made_at);
create index ix_cart_proposal_open on cart_proposal (expires_at) where status = 'open';
create index ix_cart_proposal_over on cart_proposal (ended_at) where status <> 'open';

-- What it has for an article, and what the cart had when the branch was made.
create table cart_proposal_line (
    proposal_id text not null references cart_proposal (id) on delete cascade deferrable initially deferred,
    position integer not null,
    product_id text not null references product (id) deferrable initially deferred,
    before_thousandths integer not null,
    before_minor integer,
    before_per integer,
    quantity_thousandths integer not null,
    agreed_minor integer,
    agreed_per integer,
    agreed_reason text,
    agreed_alternative text,
    agreed_by_id text references staff (id) deferrable initially deferred,
    agreed_approved_by_id text references staff (id) deferrable initially deferred,
    is_taken integer not null,
    primary key (proposal_id, position)
) strict;

-- Lists of articles that people keep. share: what the others of the company may.
create table saved_list (
    id text primary key,
    membership_id text not null references membership (id) deferrable initially deferred,
    company_id text references company (id) deferrable initially deferred,
    name text not null,
    share text not null,
    created_at integer not null,
    changed_at integer not null,
    version integer not null,
    session_id text references assisted_session (id) deferrable initially deferred,
    audit_event_id text references audit_event (id) deferrable initially deferred
) strict;
create index ix_saved_list_membership on saved_list (membership_id);
create index ix_saved_list_company on saved_list (company_id) where share <> 'none';

create table saved_list_line (
    list_id text not null references saved_list (id) on delete cascade deferrable initially deferred,
    product_id text not null references product (id) deferrable initially deferred,
    position integer not null,
    quantity_thousandths integer not null,
    primary key (list_id, product_id)
) strict;

-- What a buyer has agreed to, and the articles at which he looked if he lets them be remembered.
create table buyer_preference (
    buyer_id text primary key references buyer (id) deferrable initially deferred,
    newsletter text not null,
    newsletter_asked_at integer,
    newsletter_confirmed_at integer,
    newsletter_withdrawn_at integer,
    newsletter_email text,
    allows_tracking integer not null,
    tracking_changed_at integer
) strict;

create table viewed_product (
    buyer_id text not null references buyer (id) deferrable initially deferred,
    product_id text not null references product (id) on delete cascade deferrable initially deferred,
    viewed_at integer not null,
    primary key (buyer_id, product_id)
) strict;

-- Orders ------------------------------------------------------------------------------------------------------------------------


create table terms_version (
    number integer primary key,
    text text not null,
    digest text not null,
    published_at integer not null,
    published_by_id text references staff (id) deferrable initially deferred
) strict;

create table orders (
    id text primary key,
    number text not null unique,
    membership_id text references membership (id) deferrable initially deferred,
    buyer_id text references buyer (id) deferrable initially deferred,
    company_id text references company (id) deferrable initially deferred,
    status text not null,
    placed_at integer not null,
    currency text not null,
    lines_minor integer not null,
    shipping_minor integer not null,
    tax_minor integer not null,
    total_minor integer not null,
    shipping_rate_millionths integer,
    tax_by_line integer not null default 0,
    shows_gross integer not null default 0,
    discount_minor integer not null default 0,
    -- What it would have cost more without what staff agreed, without tax; of the discount, what they agreed; and what sending would have cost.
    given_minor integer,
    agreed_discount_minor integer not null default 0,
    agreed_discount_reason text,
    agreed_discount_by_id text references staff (id) deferrable initially deferred,
    regular_shipping_minor integer,
    agreed_shipping_reason text,
    agreed_shipping_by_id text references staff (id) deferrable initially deferred,
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
    cost_centre_id text references cost_centre (id) deferrable initially deferred,
    cost_centre text,
    comment text,
    wanted_on text,
    terms_version integer references terms_version (number) deferrable initially deferred,
    tax_note text,
    sales_rep_id text references staff (id) deferrable initially deferred,
    operator_staff_id text references staff (id) deferrable initially deferred,
    operator_buyer_id text references buyer (id) deferrable initially deferred,
    operator_name text,
    staff_group text,
    session_id text references assisted_session (id) deferrable initially deferred,
    reason_code text,
    reason_text text,
    is_imported integer not null,
    audit_event_id text references audit_event (id) deferrable initially deferred,
    version integer not null
) strict;
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
    order_id text not null references orders (id) on delete cascade deferrable initially deferred,
    position integer not null,
    product_id text references product (id) deferrable initially deferred,
    sku text not null,
    name text not null,
    quantity_thousandths integer not null,
    price_minor integer not null,
    price_per integer not null,
    price_source text,
    list_price_minor integer,
    -- Where staff agreed its price: what it would have cost, why, and who.
    regular_price_minor integer,
    regular_price_per integer,
    given_minor integer,
    agreed_reason text,
    agreed_by_id text references staff (id) deferrable initially deferred,
    -- Who approved it, where it is beyond the limits of who agreed it.
    approved_by_id text references staff (id) deferrable initially deferred,
    tax_class text,
    tax_rate_millionths integer,
    kind text not null default 'physical',
    discount_minor integer not null default 0,
    comment text,
    total_minor integer not null,
    primary key (order_id, position)
) strict;
create index ix_order_line_product on order_line (product_id);
create index ix_order_line_downloadable on order_line (order_id) where kind = 'downloadable';

-- What a line of an order was promised of the stock, and what of it has left the warehouse.
create table stock_hold (
    order_id text not null references orders (id) on delete cascade deferrable initially deferred,
    position integer not null,
    product_id text not null references product (id) deferrable initially deferred,
    reserved_thousandths integer not null,
    taken_thousandths integer not null,
    primary key (order_id, position)
) strict;

-- How often a file was taken that a line of an order is about.
create table download (
    order_id text not null references orders (id) on delete cascade deferrable initially deferred,
    position integer not null,
    file_id text not null references product_file (id) deferrable initially deferred,
    times integer not null,
    last_at integer not null,
    primary key (order_id, position, file_id)
) strict;

-- What happened to a placed order, one after the other: who did it, when, why, and what it came to.
create table order_step (
    order_id text not null references orders (id) on delete cascade deferrable initially deferred,
    number integer not null,
    kind text not null,
    at integer not null,
    staff_id text references staff (id) deferrable initially deferred,
    buyer_id text references buyer (id) deferrable initially deferred,
    reason_code text,
    note text,
    document text,
    invoice_number integer,
    paid_on text,
    lines_minor integer,
    shipping_minor integer,
    tax_minor integer,
    total_minor integer,
    primary key (order_id, number)
) strict;

-- A payment at the provider. status: open, paid, failed, closed.
create table payment (
    id text primary key,
    order_id text not null references orders (id) on delete cascade deferrable initially deferred,
    status text not null,
    amount_minor integer not null,
    currency text not null,
    provider text not null,
    reference text,
    started_at integer not null,
    told_at integer,
    is_doubtful integer not null
) strict;

create index ix_payment_order on payment (order_id, started_at);

-- A link with which a buyer pays an order that somebody placed for him; of its secret only the hash.
create table pay_link (
    id text primary key,
    order_id text not null references orders (id) on delete cascade deferrable initially deferred,
    token_hash blob not null unique,
    amount_minor integer not null,
    currency text not null,
    made_by_staff_id text references staff (id) deferrable initially deferred,
    made_by_buyer_id text references buyer (id) deferrable initially deferred,
    made_at integer not null,
    expires_at integer not null,
    paid_at integer,
    replaced_at integer
) strict;

create index ix_pay_link_order on pay_link (order_id, made_at);

create table order_step_tax (
    order_id text not null,
    number integer not null,
    rate_millionths integer not null,
    net_minor integer not null,
    tax_minor integer not null,
    primary key (order_id, number, rate_millionths),
    foreign key (order_id, number) references order_step (order_id, number) on delete cascade deferrable initially deferred
) strict;

create table order_step_line (
    order_id text not null,
    number integer not null,
    position integer not null,
    quantity_thousandths integer not null,
    amount_minor integer,
    reason_code text,
    primary key (order_id, number, position),
    foreign key (order_id, number) references order_step (order_id, number) on delete cascade deferrable initially deferred
) strict;

-- Rules of commissions, each version a row that is never changed; and their ledger: an amount goes from one account of a person to another.
create table commission_rule (
    id text not null,
    version integer not null,
    name text not null,
    share_millionths integer not null,
    basis text not null,
    earned text not null,
    part text not null,
    window_days integer not null,
    staff_id text references staff (id) deferrable initially deferred,
    staff_group text,
    category_id text references category (id) deferrable initially deferred,
    channel text,
    company_id text references company (id) deferrable initially deferred,
    is_on integer not null,
    from_at integer not null,
    by_id text not null references staff (id) deferrable initially deferred,
    primary key (id, version)
) strict;
create table commission_pay_out (
    number integer primary key,
    at integer not null,
    by_id text not null references staff (id) deferrable initially deferred
) strict;
create table commission_entry (
    id text primary key,
    claim_id text not null,
    staff_id text not null references staff (id) deferrable initially deferred,
    order_id text not null,
    position integer not null,
    rule_id text not null,
    rule_version integer not null,
    from_account text not null,
    to_account text not null check (to_account <> from_account),
    amount_minor integer not null check (amount_minor > 0),
    currency text not null,
    base_minor integer,
    cause text not null,
    pay_out_number integer references commission_pay_out (number) deferrable initially deferred,
    at integer not null,
    foreign key (order_id, position) references order_line (order_id, position) deferrable initially deferred,
    foreign key (rule_id, rule_version) references commission_rule (id, version) deferrable initially deferred
) strict;
create index ix_commission_entry_order on commission_entry (order_id);
create index ix_commission_entry_staff on commission_entry (staff_id, at, id);
create index ix_commission_entry_pay_out on commission_entry (pay_out_number) where pay_out_number is not null;
create index ix_commission_entry_at on commission_entry (at, id);

-- Somebody says that the commissions of an order are wrong. text: null when it named a person who was erased.
create table commission_dispute (
    id text primary key,
    order_id text not null references orders (id) deferrable initially deferred,
    staff_id text not null references staff (id) deferrable initially deferred,
    wish text not null,
    text text,
    status text not null,
    opened_at integer not null,
    answer text,
    answered_at integer,
    answered_by_id text references staff (id) deferrable initially deferred,
    version integer not null
) strict;
create unique index ux_commission_dispute_open on commission_dispute (order_id, staff_id) where status = 'open';
create index ix_commission_dispute_staff on commission_dispute (staff_id, opened_at);
create index ix_commission_dispute_status on commission_dispute (status, opened_at);
create index ix_commission_dispute_order on commission_dispute (order_id);

-- What staff write down for each other about a company, a person of it or a private customer, or an order. Nothing is overwritten: a correction is a row of its own that points at
-- the first one. text: null when a person was erased.
create table note (
    id text primary key,
    company_id text references company (id) on delete cascade deferrable initially deferred,
    membership_id text references membership (id) on delete cascade deferrable initially deferred,
    order_id text references orders (id) on delete cascade deferrable initially deferred,
    corrects_id text references note (id) on delete cascade deferrable initially deferred,
    number integer not null,
    text text,
    staff_id text not null references staff (id) deferrable initially deferred,
    written_at integer not null,
    of_session_id text references assisted_session (id) deferrable initially deferred
) strict;
create unique index ix_note_correction on note (corrects_id, number) where corrects_id is not null;
create index ix_note_company on note (company_id, written_at, id) where order_id is null and corrects_id is null;
create index ix_note_membership on note (membership_id, written_at, id) where membership_id is not null;
create index ix_note_order on note (order_id, written_at, id) where order_id is not null;

create table coupon (
    id text primary key,
    code text not null unique,
    name text not null,
    kind text not null,
    percent_millionths integer,
    amount_minor integer,
    currency text,
    least_minor integer,
    category_id text references category (id) deferrable initially deferred,
    product_id text references product (id) deferrable initially deferred,
    valid_from integer,
    valid_until integer,
    times integer,
    times_each integer,
    is_combinable integer not null,
    used integer not null,
    version integer not null
) strict;

create table coupon_use (
    coupon_id text not null references coupon (id) deferrable initially deferred,
    order_id text not null references orders (id) on delete cascade deferrable initially deferred,
    company_id text references company (id) deferrable initially deferred,
    membership_id text references membership (id) deferrable initially deferred,
    off_minor integer not null,
    used_at integer not null,
    primary key (coupon_id, order_id)
) strict;
create index ix_coupon_use_order on coupon_use (order_id);
create index ix_coupon_use_company on coupon_use (coupon_id, company_id) where company_id is not null;
create index ix_coupon_use_membership on coupon_use (coupon_id, membership_id) where membership_id is not null;

-- An order that waited, or waits, for the approval of an administrator of the company: why, since when, and who decided.
create table order_approval (
    order_id text primary key references orders (id) on delete cascade deferrable initially deferred,
    company_id text not null references company (id) deferrable initially deferred,
    status text not null,
    why text not null,
    above_minor integer,
    above_currency text,
    month text not null,
    shipping_rate_millionths integer not null,
    asked_at integer not null,
    decided_at integer,
    decided_by_id text references buyer (id) deferrable initially deferred,
    decided_by text,
    reason text,
    level integer not null default 1,
    since integer not null,
    reminded_at integer
) strict;
create index ix_order_approval_company on order_approval (company_id, status, asked_at, order_id);
create index ix_order_approval_reminding on order_approval (since) where status = 'waiting' and reminded_at is null;

-- Who has approved an order so far, one after the other.
create table order_agreement (
    order_id text not null references orders (id) on delete cascade deferrable initially deferred,
    level integer not null,
    agreed_at integer not null,
    agreed_by_id text references buyer (id) deferrable initially deferred,
    agreed_by text,
    primary key (order_id, level)
) strict;

-- Rows that somebody made for somebody else ------------------------------------------------------------------------------------

-- session_id: the session in which a row was made or changed last; audit_event_id: the event that tells of it. A row with a session is not written without
-- an event of that session that is newer than what is written down here, which the door sets at the end of its transactions.
create table audit_closed (
    one integer primary key check (one = 1),
    seq integer not null
) strict;
insert into audit_closed (one, seq) values (1, 0);

-- Looking at a page is one insert: with it the session was seen, its counter moves on, and the event is none for rows of a later transaction.
create trigger audit_event_of_a_page after insert on audit_event when new.name = 'pages.viewed' begin
    update assisted_session_activity set last_seen_at = cast(unixepoch('subsec') * 1000000 as integer), entries = entries + 1 where session_id = new.session_id;
    update audit_closed set seq = new.seq;
end;

create trigger company_made_in_session_insert before insert on company when new.session_id is not null and not exists (
    select 1 from audit_event e where e.id = new.audit_event_id and e.session_id = new.session_id and e.seq > (select seq from audit_closed))
begin
    select raise(abort, 'A row of company was made or changed in an assisted session without an event of that session in the same transaction.');
end;
create trigger company_made_in_session_update before update of number, external_id, name, parent_id, country, language, currency, contract_number, segment, tax_id, order_email, status, price_list_id, sales_rep_id, kind, session_id, audit_event_id on company when new.session_id is not null and not exists (
    select 1 from audit_event e where e.id = new.audit_event_id and e.session_id = new.session_id and e.seq > (select seq from audit_closed))
begin
    select raise(abort, 'A row of company was made or changed in an assisted session without an event of that session in the same transaction.');
end;
create trigger buyer_made_in_session_insert before insert on buyer when new.session_id is not null and not exists (
    select 1 from audit_event e where e.id = new.audit_event_id and e.session_id = new.session_id and e.seq > (select seq from audit_closed))
begin
    select raise(abort, 'A row of buyer was made or changed in an assisted session without an event of that session in the same transaction.');
end;
create trigger buyer_made_in_session_update before update of email, email_normalized, title, first_name, last_name, phone, external_id, status, session_id, audit_event_id on buyer when new.session_id is not null and not exists (
    select 1 from audit_event e where e.id = new.audit_event_id and e.session_id = new.session_id and e.seq > (select seq from audit_closed))
begin
    select raise(abort, 'A row of buyer was made or changed in an assisted session without an event of that session in the same transaction.');
end;
create trigger membership_made_in_session_insert before insert on membership when new.session_id is not null and not exists (
    select 1 from audit_event e where e.id = new.audit_event_id and e.session_id = new.session_id and e.seq > (select seq from audit_closed))
begin
    select raise(abort, 'A row of membership was made or changed in an assisted session without an event of that session in the same transaction.');
end;
create trigger membership_made_in_session_update before update of buyer_id, company_id, role, company_role_id, status, session_id, audit_event_id on membership when new.session_id is not null and not exists (
    select 1 from audit_event e where e.id = new.audit_event_id and e.session_id = new.session_id and e.seq > (select seq from audit_closed))
begin
    select raise(abort, 'A row of membership was made or changed in an assisted session without an event of that session in the same transaction.');
end;
create trigger address_made_in_session_insert before insert on address when new.session_id is not null and not exists (
    select 1 from audit_event e where e.id = new.audit_event_id and e.session_id = new.session_id and e.seq > (select seq from audit_closed))
begin
    select raise(abort, 'A row of address was made or changed in an assisted session without an event of that session in the same transaction.');
end;
create trigger address_made_in_session_update before update on address when new.session_id is not null and not exists (
    select 1 from audit_event e where e.id = new.audit_event_id and e.session_id = new.session_id and e.seq > (select seq from audit_closed))
begin
    select raise(abort, 'A row of address was made or changed in an assisted session without an event of that session in the same transaction.');
end;
create trigger address_choice_made_in_session_insert before insert on address_choice when new.session_id is not null and not exists (
    select 1 from audit_event e where e.id = new.audit_event_id and e.session_id = new.session_id and e.seq > (select seq from audit_closed))
begin
    select raise(abort, 'A row of address_choice was made or changed in an assisted session without an event of that session in the same transaction.');
end;
create trigger address_choice_made_in_session_update before update on address_choice when new.session_id is not null and not exists (
    select 1 from audit_event e where e.id = new.audit_event_id and e.session_id = new.session_id and e.seq > (select seq from audit_closed))
begin
    select raise(abort, 'A row of address_choice was made or changed in an assisted session without an event of that session in the same transaction.');
end;
create trigger cart_made_in_session_insert before insert on cart when new.session_id is not null and not exists (
    select 1 from audit_event e where e.id = new.audit_event_id and e.session_id = new.session_id and e.seq > (select seq from audit_closed))
begin
    select raise(abort, 'A row of cart was made or changed in an assisted session without an event of that session in the same transaction.');
end;
create trigger cart_made_in_session_update before update on cart when new.session_id is not null and not exists (
    select 1 from audit_event e where e.id = new.audit_event_id and e.session_id = new.session_id and e.seq > (select seq from audit_closed))
begin
    select raise(abort, 'A row of cart was made or changed in an assisted session without an event of that session in the same transaction.');
end;
create trigger saved_list_made_in_session_insert before insert on saved_list when new.session_id is not null and not exists (
    select 1 from audit_event e where e.id = new.audit_event_id and e.session_id = new.session_id and e.seq > (select seq from audit_closed))
begin
    select raise(abort, 'A row of saved_list was made or changed in an assisted session without an event of that session in the same transaction.');
end;
create trigger saved_list_made_in_session_update before update on saved_list when new.session_id is not null and not exists (
    select 1 from audit_event e where e.id = new.audit_event_id and e.session_id = new.session_id and e.seq > (select seq from audit_closed))
begin
    select raise(abort, 'A row of saved_list was made or changed in an assisted session without an event of that session in the same transaction.');
end;
create trigger orders_made_in_session_insert before insert on orders when new.session_id is not null and not exists (
    select 1 from audit_event e where e.id = new.audit_event_id and e.session_id = new.session_id and e.seq > (select seq from audit_closed))
begin
    select raise(abort, 'A row of orders was made or changed in an assisted session without an event of that session in the same transaction.');
end;
create trigger orders_made_in_session_update before update of number, membership_id, buyer_id, company_id, currency, lines_minor, shipping_minor, tax_minor, total_minor, buyer_name, company_name, company_number, billing_address, shipping_address, shipping_code, shipping_name, payment_method, purchase_order_number, discount_minor, coupon_codes, tax_note, cost_centre_id, cost_centre, terms_version, operator_staff_id, staff_group, reason_code, session_id, audit_event_id on orders when new.session_id is not null and not exists (
    select 1 from audit_event e where e.id = new.audit_event_id and e.session_id = new.session_id and e.seq > (select seq from audit_closed))
begin
    select raise(abort, 'A row of orders was made or changed in an assisted session without an event of that session in the same transaction.');
end;
-- Words that an erasure takes away need no event of the session in which they came: that it was done stands in the log by itself.
create trigger orders_made_in_session_words before update of buyer_email, comment, reason_text, operator_name, operator_buyer_id on orders when new.session_id is not null
    and not ((new.buyer_email is null or new.buyer_email is old.buyer_email) and (new.comment is null or new.comment is old.comment) and (new.reason_text is null or new.reason_text is old.reason_text) and (new.operator_name = 'Erased person' or new.operator_name is old.operator_name) and (new.operator_buyer_id = '0E0E0E0E-0000-7000-8000-000000000000' or new.operator_buyer_id is old.operator_buyer_id)) and not exists (
    select 1 from audit_event e where e.id = new.audit_event_id and e.session_id = new.session_id and e.seq > (select seq from audit_closed))
begin
    select raise(abort, 'A row of orders was made or changed in an assisted session without an event of that session in the same transaction.');
end;

-- The answer to a request that must take effect once, kept with the effect.
create table idempotency (
    principal text not null,
    route text not null,
    key text not null,
    fingerprint text not null,
    result text not null,
    created_at integer not null,
    audit_event_id text,
    primary key (principal, route, key)
) strict;
create index ix_idempotency_created on idempotency (created_at);

-- Mail --------------------------------------------------------------------------------------------------------------------------

-- The outbox. The body holds {secret} where a one-time link or code belongs; the secret lies beside it, encrypted, until the mail is sent.
create table mail (
    id text primary key,
    kind text not null,
    to_address text not null,
    to_name text,
    subject text not null,
    body text not null,
    secret text,
    buyer_id text,
    staff_id text,
    order_id text,
    status text not null,
    attempts integer not null,
    created_at integer not null,
    next_attempt_at integer not null,
    sent_at integer,
    last_error text
) strict;
create index ix_mail_due on mail (next_attempt_at) where status = 'pending';
create index ix_mail_to on mail (to_address, id);
create index ix_mail_text on mail (created_at) where body <> '';
create index ix_mail_unsent on mail (status, id) where status <> 'sent';
