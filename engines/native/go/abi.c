#include "quorumark_engine.h"

const uint32_t qm_abi = QM_ABI_VERSION;
