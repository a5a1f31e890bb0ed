/* SPDX-License-Identifier: Apache-2.0
 * The header by itself, before any other, as strict C99; and a use of each kind of type in it. */
#include "plumbline.h"

plumbline_status plumbline_strict_c99(plumbline_session* session, plumbline_cost** cost);

plumbline_status plumbline_strict_c99(plumbline_session* session, plumbline_cost** cost)
{
    const plumbline_direction direction = PLUMBLINE_READ_UP;
    *cost = NULL;
    if (plumbline_api_version() < PLUMBLINE_API_VERSION || direction != 2) return PLUMBLINE_FAILED;
    return plumbline_predict(session, NULL, "uniform", cost);
}
