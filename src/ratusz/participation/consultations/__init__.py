"""Public consultations and the consultation platform: applications, forms, the register of remarks, reports."""
