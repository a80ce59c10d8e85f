/** Rate limits: of the requests of a credential, and of the failed authentications of a client. */
@NullMarked
package com.astrobookings.logs.security.limit;

import org.jspecify.annotations.NullMarked;
