/** The description of the API: an OpenAPI document and a page that shows it. */
@NullMarked
package com.astrobookings.logs.web.docs;

import org.jspecify.annotations.NullMarked;
