/** How often something may happen: requests of a credential, refused credentials of a client. */
@NullMarked
package com.astrobookings.logs.security.limit;

import org.jspecify.annotations.NullMarked;
