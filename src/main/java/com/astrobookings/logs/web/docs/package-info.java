/**
 * The description of the API: an OpenAPI document put together from what the rooms say of their
 * paths and from the declarations of events and problems, and a page that shows it.
 */
@NullMarked
package com.astrobookings.logs.web.docs;

import org.jspecify.annotations.NullMarked;
